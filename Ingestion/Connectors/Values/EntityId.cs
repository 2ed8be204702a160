using System.Security.Cryptography;
using System.Text;
using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>
/// The id of an entity: the primary key's values joined by <c>|</c>, or a hash of the whole row if the contract has no primary key. The id is the
/// same for all spellings of a value (64, 64.0).
/// </summary>
internal sealed class EntityId(Contract contract)
{
    private readonly int[] _key = [.. contract.PrimaryKey.Select(k => IndexOf(contract, k))];
    private readonly StringBuilder _text = new();

    public string Of(ReadOnlySpan<FieldValue> row)
    {
        if (_key is [var only])
            return row[only].ToText(contract.Fields[only].Type.Kind);

        _text.Clear();
        if (_key.Length == 0)
        {
            for (var i = 0; i < row.Length; i++)
                Append(row[i], contract.Fields[i].Type.Kind);

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString())).AsSpan(0, 16));
        }

        foreach (var index in _key)
            Append(row[index], contract.Fields[index].Type.Kind);

        return _text.ToString(0, _text.Length - 1);
    }

    /// <summary>Escapes separators, so that different rows have different texts.</summary>
    private void Append(in FieldValue value, FieldKind kind)
    {
        if (value.IsNull)
            _text.Append("\\N");
        else if (kind is FieldKind.Text or FieldKind.Json or FieldKind.Jsonb)
            _text.Append(value.Text!.Replace("\\", "\\\\").Replace("|", "\\|"));
        else
            _text.Append(value.ToText(kind));

        _text.Append('|');
    }

    private static int IndexOf(Contract contract, string name)
    {
        for (var i = 0; i < contract.Fields.Count; i++)
        {
            if (contract.Fields[i].Name == name)
                return i;
        }

        throw new ArgumentException($"'{name}' is no field of {contract.Name}", nameof(name));
    }
}
