using System.Globalization;
using System.Text;
using System.Text.Json;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Faults;

/// <summary>The part of a page that shows the faults asked for and has a button for each that is asked for often.</summary>
static class FaultPanel
{
    /// <summary><paramref name="scope"/> is the field that narrows a fault to one phrase or recipient.</summary>
    public static string Html<TFault>(FaultBoard<TFault> board, string scope, IReadOnlyList<(string Label, TFault Fault)> presets)
        where TFault : Fault
    {
        var html = new StringBuilder();
        foreach (var fault in board.Active)
            html.Append(CultureInfo.InvariantCulture, $"""<p class="notice mono">{Page.Encode(JsonSerializer.Serialize(fault, FaultEndpoints.Json))}</p>""");
        html.Append(CultureInfo.InvariantCulture, $"""<p class="row"><input type="text" data-scope="{scope}" aria-label="Only for one {scope}" placeholder="only for one {scope}"></p><p class="row">""");
        foreach (var (label, fault) in presets)
            html.Append(CultureInfo.InvariantCulture, $"""<button data-fault="{Page.Encode(JsonSerializer.Serialize(fault, FaultEndpoints.Json))}">{Page.Encode(label)}</button>""");
        html.Append("""
            </p><p class="row"><button data-clear-faults>Clear all</button>
            <span class="soft">More with GET, POST, PUT and DELETE of <a href="/demo/faults">/demo/faults</a>.</span></p>
            """);
        return html.ToString();
    }
}
