using System.Text;
using Models.Contracts;

namespace Ingestion.Connectors.Inference;

/// <summary>A first contract of a source.</summary>
/// <param name="Source">The source's name, format and options.</param>
/// <param name="Fields">The columns that were found.</param>
/// <param name="Keys">The columns that are unique and never missing.</param>
/// <param name="Notes">What is not certain, one line each.</param>
public sealed record InferredContract(Contract Source, IReadOnlyList<ContractField> Fields, IReadOnlyList<string> Keys, IReadOnlyList<string> Notes)
{
    /// <summary>The field that is proposed as the primary key: of the unique ones an id, otherwise none.</summary>
    public string? PrimaryKey => Keys.FirstOrDefault(k => k.Equals("id", StringComparison.OrdinalIgnoreCase))
        ?? Keys.FirstOrDefault(k => k.EndsWith("_id", StringComparison.OrdinalIgnoreCase));

    /// <summary>The contract's file.</summary>
    public string ToYaml()
    {
        var text = new StringBuilder()
            .Append($"name: {Scalar(Source.Name)}\n")
            .Append($"format: {Source.Format}\n");
        if (Source.Options.File.Length > 0)
            text.Append($"file: {Scalar(Source.Options.File)}\n");
        if (PrimaryKey is { } key)
            text.Append($"primary_key: [{Scalar(key)}]\n");
        foreach (var line in Options())
            text.Append(line).Append('\n');
        text.Append("fields:\n");
        foreach (var field in Fields)
            text.Append($"  - {{name: {Scalar(field.Name)}, type: {TypeName(field)}{(field.Required ? ", required: true" : "")}}}\n");
        return text.ToString();
    }

    private IEnumerable<string> Options()
    {
        var options = Source.Options;
        if (options.Connection.Length > 0)
            yield return $"options: {{connection: {Scalar(options.Connection)}, table: {Scalar(options.Table)}}}";
        else if (options.Http is { } http)
            yield return $"options: {{url: {Scalar(http.Url.ToString())}{(http.Records.Length > 0 ? $", records: {Scalar(http.Records)}" : "")}}}";
        else if (options.RecordPath.Length > 0)
            yield return $"options: {{record: {Scalar(options.RecordPath)}}}";
        else if (options.Sheet is { } sheet)
            yield return $"options: {{sheet: {Scalar(sheet)}}}";
    }

    private static string TypeName(ContractField field) => field.Type.Name switch
    {
        "timestamp with time zone" => "timestamptz",
        "timestamp without time zone" => "timestamp",
        var name => name.Contains(',', StringComparison.Ordinal) ? $"\"{name}\"" : name,
    };

    /// <summary>Quotes what YAML would not read as this text.</summary>
    private static string Scalar(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '/' or '.' or '-')
        && !char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '.')
        && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n")
            ? text
            : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
