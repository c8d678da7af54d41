using System.Diagnostics;
using Alerts.Runs;
using Microsoft.Extensions.Logging;

namespace Alerts.Users;

/// <summary>The check or delivery of one user that is running: one at a time, beside the grain's calls.</summary>
public sealed partial class UserWork(RunAdmission admission, InterruptedRuns interrupted, ILogger<UserWork> logger) : IDisposable
{
    CancellationTokenSource stopping = new();
    Task work = Task.CompletedTask;

    public bool IsIdle => work.IsCompleted;

    /// <summary>Begins the work, unless other work is running.</summary>
    public void Start(string userId, Func<CancellationToken, Task> step)
    {
        if (IsIdle)
            work = GuardAsync(userId, step);
    }

    /// <summary>Cancels the running work and waits for its end.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await work;
        stopping.Dispose();
        stopping = new CancellationTokenSource();
    }

    public void Dispose() => stopping.Dispose();

    /// <summary>Lets the running work end while there is time, then cancels it.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await using var cut = cancellationToken.Register(stopping.Cancel);
        await work;
    }

    /// <summary>Whatever fails here is repeated soon from the stored state, at the latest by the next tick.</summary>
    async Task GuardAsync(string userId, Func<CancellationToken, Task> step)
    {
        using var activity = Telemetry.Source.StartActivity("user work");
        activity?.SetTag(Telemetry.UserTag, userId);
        try
        {
            await step(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || admission.IsClosed)
        {
            LogStopped(userId);
        }
        catch (Exception fault)
        {
            LogFailed(fault, userId);
            interrupted.Add(userId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Work of {UserId} stopped with the silo; it continues from the stored state")]
    partial void LogStopped(string userId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Check of {UserId} failed; it is repeated soon, and by the next tick at the latest")]
    partial void LogFailed(Exception fault, string userId);
}
