using System.CommandLine;
using Models.Database;

namespace Models.Runner.Commands;

/// <summary>How commands reach a service: its address and key.</summary>
internal sealed class ServiceAccess
{
    private readonly Option<string?> _url;
    private readonly Option<string?> _keyFile;
    private readonly string _defaultAddress;

    private ServiceAccess(string service, string addressVariable, string defaultAddress)
    {
        (Service, AddressVariable, KeyVariable, _defaultAddress) = (service, addressVariable, $"{addressVariable}_KEY", defaultAddress);
        _url = new("--url") { Description = $"The {service}'s address; by default {AddressVariable}, else {defaultAddress}.", Recursive = true };
        _keyFile = new("--key-file") { Description = $"A file that holds the {service}'s key; by default {KeyVariable} holds it.", Recursive = true };
    }

    public static ServiceAccess Worker { get; } = new("worker", "LEADLINE_WORKER", "http://localhost:5000");

    public static ServiceAccess Api { get; } = new("API", "LEADLINE_API", "http://localhost:5080");

    /// <summary>What messages call it.</summary>
    public string Service { get; }

    /// <summary>Holds the service's address.</summary>
    public string AddressVariable { get; }

    /// <summary>Holds the service's key; an argument would show it to everyone on the machine.</summary>
    public string KeyVariable { get; }

    /// <summary>Adds the options to a command, for all of its subcommands.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_keyFile);
    }

    public void SetAction(Command command, Func<ParseResult, ServiceClient, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, token) => CommandFrame.RunAsync(
            parsed,
            async _ =>
            {
                using var client = new ServiceClient(this, Address(parsed), Key(parsed));
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

    private Uri Address(ParseResult parsed)
    {
        var text = parsed.GetValue(_url) ?? Environment.GetEnvironmentVariable(AddressVariable) ?? _defaultAddress;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new RunException($"'{text}' is no address of {Article}; write it as in {_defaultAddress}.");
    }

    private string Article => this == Worker ? "a worker" : "an API";

    private string? Key(ParseResult parsed) => parsed.GetValue(_keyFile) is { } file
        ? File.ReadAllText(file).Trim()
        : Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null;
}
