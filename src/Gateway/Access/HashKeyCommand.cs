using System.Security.Cryptography;

namespace Alerts.Gateway.Access;

/// <summary><c>hash-key</c>: makes an API key, or reads one from standard input, and prints the hash for the settings.</summary>
static class HashKeyCommand
{
    const int KeyBytes = 32;

    /// <summary>Runs the command; 2 for wrong arguments.</summary>
    public static int Run(string[] args)
    {
        if (args is not ([] or ["-"]))
        {
            Console.Error.WriteLine("Usage: hash-key      makes a new key\n       hash-key -    hashes the key given on standard input");
            return 2;
        }

        var key = args is ["-"] ? Console.In.ReadLine()?.Trim() : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        if (string.IsNullOrEmpty(key))
        {
            Console.Error.WriteLine("No key on standard input.");
            return 2;
        }

        if (args is [])
            Console.WriteLine($"Key, for the program that calls; it is shown this once:\n  {key}");
        Console.WriteLine($"Setting of the gateway:\n  Alerts__ApiKeys__0={ApiKeys.HashOf(key)}");
        return 0;
    }
}
