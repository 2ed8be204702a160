using System.Globalization;
using System.Text.Json.Nodes;
using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>Converts .NET values to the text that the parser of the contract's fields accepts.</summary>
internal sealed class TypedText(Contract contract)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Writes the value's text, null for no value; returns false if the value is not valid for the field's type.</summary>
    public bool TryWrite(object? value, int field, out string? text)
    {
        var declared = contract.Fields[field];
        text = value switch
        {
            null => null,
            string given => given,
            bool flag => flag ? "true" : "false",
            float or double or decimal => Number(((IFormattable)value).ToString(format: null, Invariant)),
            ExactNumber exact => Number(exact.ToString()),
            DateOnly day => day.ToString(declared.Format ?? "yyyy-MM-dd", Invariant),
            DateTime { Kind: DateTimeKind.Utc } moment => moment.ToString(declared.Format ?? "yyyy-MM-dd HH:mm:ss.FFFFFFF'Z'", Invariant),
            DateTime local => local.ToString(declared.Format ?? "yyyy-MM-dd HH:mm:ss.FFFFFFF", Invariant),
            TimeSpan time => time.ToString("c", Invariant),
            JsonNode json when declared.Type.Kind is FieldKind.Json or FieldKind.Jsonb => json.ToJsonString(),
            JsonNode or byte[] => null,
            IFormattable other => other.ToString(format: null, Invariant),
            _ => null,
        };
        return value is null || text is not null;
    }

    public static string Describe(object? value) => value switch
    {
        JsonNode => "an object or array",
        byte[] => "a string of bytes",
        _ => $"a {value?.GetType().Name}",
    };

    private string Number(string text) => contract.Options.DecimalSeparator == '.' ? text : text.Replace('.', contract.Options.DecimalSeparator);
}
