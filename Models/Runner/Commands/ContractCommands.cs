using System.CommandLine;
using Ingestion.Connectors;
using Ingestion.Connectors.Inference;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Database;
using Models.Diagnostics;

namespace Models.Runner.Commands;

/// <summary><c>leadline sources infer</c>, <c>connectors</c> and <c>schema</c>: what helps to write an ingestion contract.</summary>
internal static class ContractCommands
{
    private const string ConnectionVariable = "ConnectionStrings__";

    public static Command Infer()
    {
        var command = new Command("infer", "Writes a first contract for a file, an HTTP API or a table; what is not certain goes to the standard error.");
        var source = new Argument<string>("source")
        {
            Description = $"A file, an address, or CONNECTION:TABLE with the connection string in {ConnectionVariable}CONNECTION.",
        };
        var name = new Option<string?>("--name") { Description = "The table in schema raw; by default the name of the file, address or table." };
        var records = new Option<string?>("--records") { Description = "The path of the array in an API's answer." };
        var sample = new Option<long>("--sample") { Description = "How many records are read.", DefaultValueFactory = _ => 100_000 };
        command.Arguments.Add(source);
        command.Options.Add(name);
        command.Options.Add(records);
        command.Options.Add(sample);
        command.SetAction((parsed, token) => CommandFrame.RunAsync(
            parsed,
            async observer =>
            {
                var (draft, location) = Draft(parsed.GetRequiredValue(source), parsed.GetValue(name), parsed.GetValue(records));
                var inferred = await InferAsync(draft, location, parsed.GetValue(sample), token);
                foreach (var note in inferred.Notes)
                    observer.Message($"Not certain: {note}.", isWarning: true);
                if (inferred.PrimaryKey is { } key)
                    observer.Message($"Not certain: '{key}' is the primary key because it is unique in the records that were read.", isWarning: true);
                Console.Write(inferred.ToYaml());
                return ExitCodes.Success;
            },
            printsData: true));
        return command;
    }

    public static Command Connectors()
    {
        var command = new Command("connectors", "Lists the formats of contracts.");
        command.SetAction((parsed, _) => CommandFrame.RunAsync(
            parsed,
            _ =>
            {
                foreach (var format in ConnectorTable.Formats)
                    Console.WriteLine(format);
                return Task.FromResult(ExitCodes.Success);
            },
            printsData: true));
        return command;
    }

    public static Command Schema()
    {
        var command = new Command("schema", "Prints the JSON schema of contracts.");
        command.SetAction((parsed, _) => CommandFrame.RunAsync(
            parsed,
            _ =>
            {
                Console.Write(ContractSchema.Generate(ConnectorTable.Formats));
                return Task.FromResult(ExitCodes.Success);
            },
            printsData: true));
        return command;
    }

    private static async Task<InferredContract> InferAsync(Contract draft, SourceLocation location, long sample, CancellationToken cancellationToken)
    {
        try
        {
            return await SourceInference.InferAsync(draft, location, sample, cancellationToken);
        }
        catch (DiagnosticException mistake)
        {
            throw new RunException(mistake.Diagnostic.ToString(), mistake);
        }
    }

    private static (Contract Draft, SourceLocation Location) Draft(string source, string? name, string? records)
    {
        var span = SourceSpan.WholeFile(source);
        if (Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            var http = new HttpOptions { Url = address, Records = records ?? "" };
            return (Contract(name ?? LastName(address.AbsolutePath), span, "http", new ContractOptions { Http = http }), new SourceLocation("."));
        }

        if (File.Exists(source))
        {
            var path = Path.GetFullPath(source);
            var plain = Path.GetExtension(path) is ".gz" or ".zst" ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);
            var format = ConnectorTable.FormatOf(Path.GetExtension(plain)) ?? throw new RunException(
                $"The format of '{source}' is not known by its name; it ends in none of {string.Join(", ", ConnectorTable.FileEndings)}.");
            var options = new ContractOptions { File = Path.GetFileName(path) };
            return (Contract(name ?? Path.GetFileNameWithoutExtension(plain), span, format, options), new SourceLocation(Path.GetDirectoryName(path)!));
        }

        if (source.Split(':') is not [{ Length: > 1 } connection, { Length: > 0 } table])
            throw new RunException($"There is no file '{source}'; give a file, an address that begins with https://, or CONNECTION:TABLE.");

        var variable = ConnectionVariable + connection;
        var connectionString = Environment.GetEnvironmentVariable(variable)
            ?? throw new RunException($"The connection '{connection}' is not configured; set {variable}.");
        return (
            Contract(name ?? LastName(table), span, "postgres", new ContractOptions { Connection = connection, Table = table }),
            new SourceLocation(".") { ConnectionStrings = new Dictionary<string, string> { [connection] = connectionString } });
    }

    private static Contract Contract(string name, SourceSpan span, string format, ContractOptions options) => new()
    {
        Name = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]),
        Span = span,
        Format = format,
        Fields = [],
        Options = options,
    };

    private static string LastName(string path) => path.Split('/', '.').LastOrDefault(p => p.Length > 0) ?? "source";
}
