using System.CommandLine;

namespace Alerts.Cli;

/// <summary><c>alerts</c>: an operator's questions and actions, through the API, so that it works from a laptop.</summary>
public static class AlertsCommand
{
    /// <summary>Failed: something was refused or not found. Usage: the arguments are wrong. 0 means success.</summary>
    const int Failed = 1, Usage = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var url = new Option<string>("--url")
        {
            Description = "The gateway's address; default ALERTS_URL, or http://127.0.0.1:5080.",
            Recursive = true,
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ALERTS_URL") ?? "http://127.0.0.1:5080",
        };
        var json = new Option<bool>("--json") { Description = "Print the API's JSON instead of tables.", Recursive = true };
        var root = new RootCommand("Operates the alerts service. The API key is in the environment variable ALERTS_API_KEY.") { url, json };
        var run = new CommandRun(url, json, output, errors);
        UserCommands.Add(root, run);
        MailCommands.Add(root, run);
        KeyCommands.Add(root, run);
        ServiceCommands.Add(root, run);
        ExportCommand.Add(root, run);
        ImportCommand.Add(root, run);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await errors.WriteLineAsync(error.Message);
            await errors.WriteLineAsync($"alerts {string.Join(' ', args.TakeWhile(word => !word.StartsWith('-')))} --help says more.");
            return Usage;
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (Exception refused) when (refused is ApiException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(refused.Message);
            return Failed;
        }
    }
}
