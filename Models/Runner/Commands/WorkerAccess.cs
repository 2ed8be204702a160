using System.CommandLine;
using Models.Database;

namespace Models.Runner.Commands;

/// <summary>How a command reaches the worker: its address and key.</summary>
internal static class WorkerAccess
{
    /// <summary>Holds the worker's address.</summary>
    public const string AddressVariable = "LEADLINE_WORKER";

    /// <summary>Holds the worker's key; an argument would show it to everyone on the machine.</summary>
    public const string KeyVariable = "LEADLINE_WORKER_KEY";

    private const string DefaultAddress = "http://localhost:5000";

    private static readonly Option<string?> s_url = new(
        "--url") { Description = $"The worker's address; by default {AddressVariable}, else {DefaultAddress}.", Recursive = true };
    private static readonly Option<string?> s_keyFile = new(
        "--key-file") { Description = $"A file that holds the worker's key; by default {KeyVariable} holds it.", Recursive = true };

    /// <summary>Adds the options to a command, for all of its subcommands.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(s_url);
        command.Options.Add(s_keyFile);
    }

    public static void SetAction(Command command, Func<ParseResult, WorkerClient, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, token) => CommandFrame.RunAsync(
            parsed,
            async _ =>
            {
                using var client = new WorkerClient(Address(parsed), Key(parsed));
                return await work(parsed, client, token);
            },
            printsData: true));

    /// <summary>The given ones of these options as a query, under their names.</summary>
    public static string Query(ParseResult parsed, IEnumerable<Option<string?>> options)
    {
        var given = options
            .Where(o => parsed.GetValue(o) is not null)
            .Select(o => $"{o.Name.TrimStart('-')}={Uri.EscapeDataString(parsed.GetValue(o)!)}")
            .ToList();
        return given.Count == 0 ? "" : $"?{string.Join('&', given)}";
    }

    private static Uri Address(ParseResult parsed)
    {
        var text = parsed.GetValue(s_url) ?? Environment.GetEnvironmentVariable(AddressVariable) ?? DefaultAddress;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new RunException($"'{text}' is no address of a worker; write it as in {DefaultAddress}.");
    }

    private static string? Key(ParseResult parsed) => parsed.GetValue(s_keyFile) is { } file
        ? File.ReadAllText(file).Trim()
        : Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null;
}
