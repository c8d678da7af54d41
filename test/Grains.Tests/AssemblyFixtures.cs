using Alerts.Testing;

[assembly: AssemblyFixture(typeof(Servers))]
