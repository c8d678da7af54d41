namespace Alerts.Demo;

/// <summary>What may be written behind <c>dotnet run --project demo --</c>. A misspelt word is refused, since it would otherwise be silently without effect.</summary>
static class DemoArguments
{
    public const string Usage = """
        dotnet run --project demo -- [sinks] [--period 30s] [--samples FOLDER] [--data FOLDER]
                                  [--listings 500] [--pace 1] [--late 24h]

          sinks      only the marketplace and the mailbox
          --period   how often searches are checked, 5s to 1h; default 2m
          --samples  a folder of captured eBay responses to serve
          --data     the folder to keep everything in; default data/demo
          --listings how many listings a phrase has, 0 to 20000; default 60
          --pace     how much faster than at eBay they change, over 0 to 480; 1 is eBay's, default 480
          --late     how long after its creation a listing shows in searches at most, 15m to 24h; default 15m

        Ports are moved by environment variables: Demo__GatewayPort, Demo__MarketplacePort, Demo__MailboxPort, Demo__SmtpPort,
        Demo__ReceiversPort.
        """;

    /// <summary>The setting that each switch stands for.</summary>
    public static readonly Dictionary<string, string> Settings = new()
    {
        ["--period"] = "Demo:Period", ["--samples"] = "Demo:Samples", ["--data"] = "Demo:Data",
        ["--listings"] = "Demo:Listings", ["--pace"] = "Demo:Pace", ["--late"] = "Demo:Late",
    };

    /// <summary>What is wrong with a command line; null when nothing is.</summary>
    public static string? FaultOf(IReadOnlyList<string> args)
    {
        for (var at = args is ["sinks", ..] ? 1 : 0; at < args.Count; at++)
        {
            var parts = args[at].Split('=', 2);
            if (!Settings.ContainsKey(parts[0]))
                return $"{args[at]} is not known here.";
            if (parts.Length == 1 && ++at == args.Count)
                return $"{parts[0]} wants a value.";
        }

        return null;
    }
}
