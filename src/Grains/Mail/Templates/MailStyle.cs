namespace Alerts.Mail.Templates;

/// <summary>The style sheet of every mail: light by default, dark and narrow by media queries.</summary>
static class MailStyle
{
    /// <summary>No selector or value in the sheet comes from outside.</summary>
    public const string Sheet = """

        body{margin:0;padding:0;background:#f3f4f6;color:#1f2328;font:16px/1.45 -apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
        .page{max-width:600px;margin:0 auto;padding:20px 24px;background:#fff;overflow-wrap:anywhere}
        h1{font-size:22px;line-height:1.25;margin:0 0 12px}
        h2{font-size:18px;line-height:1.3;margin:28px 0 2px}
        p{margin:0 0 12px}
        a{color:#0b57d0}
        h2 a{color:inherit;text-decoration:none}
        table{width:100%;border-collapse:collapse}
        td{padding:10px 0;vertical-align:top;border-top:1px solid #d8dee4}
        td.picture{width:100px}
        img{display:block;width:88px;height:88px;object-fit:contain;border:0;border-radius:6px;background:#fff;color:#59636e;
          font-size:11px;line-height:1.2;overflow:hidden}
        .small{font-size:13px;color:#59636e}
        .badge{display:inline-block;padding:1px 8px;border-radius:10px;background:#ddf4ff;color:#0550ae;font-size:12px;font-weight:600}
        .drop{background:#dafbe1;color:#116329}
        .action{width:auto;margin:0 0 12px}.action td{padding:12px 20px;border:0;border-radius:6px;background:#0b57d0}
        .button{color:#fff;font-weight:600;text-decoration:none}
        .chart{width:auto;margin:6px 0 2px}.chart td{width:12px;height:36px;padding:0 2px 0 0;border:0;vertical-align:bottom}
        .chart div{width:12px;background:#54aeff;border-radius:2px 2px 0 0;font-size:1px;overflow:hidden}
        .chart td:last-child div{background:#1a7f37}
        .foot{margin-top:28px;padding-top:12px;border-top:1px solid #d8dee4}
        .links a{display:inline-block;margin-right:16px}
        @media (max-width:480px){.page{padding:14px 12px}h1{font-size:19px}td.picture{width:76px}img{width:64px;height:64px}}
        @media (prefers-color-scheme:dark){
        body{background:#0d1117;color:#e6edf3}.page{background:#161b22}a{color:#79b8ff}.small{color:#9ba5b0}
        td,.foot{border-color:#30363d}.badge{background:#12304f;color:#a5d6ff}.drop{background:#12361f;color:#7ee2a0}
        .chart div{background:#316dca}.chart td:last-child div{background:#3fb950}
        .action td{background:#1f6feb}.button{color:#fff}}

        """;
}
