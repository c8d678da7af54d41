namespace Alerts.Demo.Loopback;

/// <summary>Another program listens on the port a demo server was given.</summary>
public sealed class PortInUseException : IOException
{
    public PortInUseException(int port, string setting, Exception inner)
        : base($"Port {port} is in use; set {setting} to another.", inner)
    {
        Port = port;
        Setting = setting;
    }

    /// <summary>The port that is taken.</summary>
    public int Port { get; }

    /// <summary>The setting that moves it, such as <c>Demo__SmtpPort</c>.</summary>
    public string Setting { get; }
}
