namespace Alerts.Silo.Databases;

/// <summary>The data directory belongs to another instance or cannot be written; the message says what to do.</summary>
public sealed class DataDirectoryException(string message, Exception cause) : IOException(message, cause);
