using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Models.Contracts;

namespace Ingestion.Loading.Batches;

/// <summary>
/// Serializes the parts of a contract that affect how content becomes rows; equal contracts have equal texts. All properties except those with <see
/// cref="SameRowsAttribute"/> are included automatically, so that a new option cannot be forgotten. Default values are omitted, so that a new option
/// does not change batches that do not use it.
/// </summary>
internal static class ContractText
{
    /// <summary>The properties from before options were included automatically. They keep their order, so that the ids of batches stay the same.</summary>
    private static readonly HashSet<string> First =
    [
        nameof(ContractOptions.IndexColumn), nameof(
            ContractOptions.Delimiter), nameof(ContractOptions.ThousandsSeparator), nameof(ContractOptions.DecimalSeparator),
        nameof(ContractOptions.Encoding), nameof(ContractOptions.NullValues),
        nameof(ContractField.Name), nameof(ContractField.Type), nameof(ContractField.Required), nameof(ContractField.Format),
    ];

    private static readonly JsonSerializerOptions Json = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepWhatMatters } } };

    public static string Of(Contract contract)
    {
        var options = contract.Options;
        var text = new StringBuilder()
            .Append(contract.Name).Append('\n')
            .Append(contract.Format).Append('\n')
            .AppendJoin('|', contract.PrimaryKey).Append('\n')
            .Append(options.IndexColumn).Append(options.Delimiter).Append(options.ThousandsSeparator).Append(options.DecimalSeparator).Append('\n')
            .Append(options.Encoding).Append('\n')
            .AppendJoin('|', options.NullValues).Append('\n');
        foreach (var field in contract.Fields)
        {
            text.Append(field.Name).Append('|').Append(field.Type.Name).Append('|').Append(field.Required).Append('|').Append(field.Format).Append('\n');
            AppendRest(text, field);
        }

        if (contract.SyncMode != default)
            text.Append(contract.SyncMode.Name()).Append('|').Append(contract.Cursor).Append('\n');
        if (contract.OnSchemaChange != default)
            text.Append(contract.OnSchemaChange).Append('\n');
        AppendRest(text, options);
        return text.ToString();
    }

    private static void AppendRest<T>(StringBuilder text, T value)
    {
        var rest = JsonSerializer.Serialize(value, Json);
        if (rest != "{}")
            text.Append(rest).Append('\n');
    }

    private static void KeepWhatMatters(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
            return;

        var defaults = info.Type == typeof(ContractField)
            ? new ContractField("", new FieldType(FieldKind.Text, ""), default)
            : Activator.CreateInstance(info.Type)!;
        var isFirst = info.Type == typeof(ContractField) || info.Type == typeof(ContractOptions);
        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            var property = info.Properties[i];
            var member = (PropertyInfo)property.AttributeProvider!;
            if (member.IsDefined(typeof(SameRowsAttribute), inherit: false) || (isFirst && First.Contains(member.Name)))
            {
                info.Properties.RemoveAt(i);
                continue;
            }

            var usual = member.GetValue(defaults);
            property.ShouldSerialize = (_, value) => !Equals(value, usual) && !(IsEmptyList(value) && IsEmptyList(usual));
        }
    }

    /// <summary>Equals compares lists by reference, so that two empty lists need this check.</summary>
    private static bool IsEmptyList(object? value) => value is ICollection { Count: 0 };
}
