[assembly: AssemblyFixture(typeof(Alerts.Gateway.Tests.OpenGateway))]

namespace Alerts.Gateway.Tests;

/// <summary>One gateway without confirmation, shared by all tests that do not move its clock; each uses people of its own.</summary>
public sealed class OpenGateway : IAsyncLifetime
{
    public TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
