using Alerts.Accounts;

return await DemoAccounts.RunAsync(args, Console.Out);
