using System.Diagnostics;
using System.Text.Json;
using Alerts.Testing;

namespace Alerts.Gateway.Tests.Strangers;

/// <summary>
/// Packages of npm that read what we write, fetched once for all tests of a class. Where Node is not installed, or the packages cannot be
/// fetched, tests skip and say so, unless it is a build server.
/// </summary>
public sealed class NodeReaders : IAsyncLifetime
{
    const string Script = "read.js";
    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    readonly TempFolder folder = new();
    string? missing;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["package.json", Script])
        {
            await using var source = typeof(NodeReaders).Assembly.GetManifestResourceStream($"Strangers/{name}")!;
            await using var target = File.Create(Path.Combine(folder.FullPath, name));
            await source.CopyToAsync(target);
        }

        try
        {
            var (code, output) = await RunAsync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], input: "");
            missing = code == 0 ? null : $"npm could not fetch the packages: {output}";
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            missing = $"npm could not be run: {fault.Message}";
        }
    }

    /// <summary>What a package makes of a document.</summary>
    public async Task<JsonElement> ReadAsync(string package, object document)
    {
        Assert.SkipWhen(missing is not null && Environment.GetEnvironmentVariable("CI") != "true", missing ?? "");
        Assert.Null(missing);
        var (code, output) = await RunAsync("node", [Script, package], JsonSerializer.Serialize(document));
        Assert.True(code == 0, output);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.FullPath,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, process.ExitCode == 0 ? output : output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
