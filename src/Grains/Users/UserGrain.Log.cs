using Microsoft.Extensions.Logging;

namespace Alerts.Users;

public sealed partial class UserGrain
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The store did not take a change of {UserId}")]
    partial void LogStoreFailed(Exception fault, string userId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Work of {UserId} stopped with the silo; it goes on from the store")]
    partial void LogStopped(string userId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Check of {UserId} failed; it is repeated soon, and by the next tick at the latest")]
    partial void LogFailed(Exception fault, string userId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "What came down for {UserId} could not be read; the next tick asks again")]
    partial void LogNoInsight(Exception fault, string userId);
}
