using Alerts.Cli;

return await AlertsCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
