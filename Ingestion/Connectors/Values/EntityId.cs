using System.Text;
using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>
/// The id of an entity: the primary key's values joined by <c>|</c>, or a hash of the whole row if the contract has no primary key. The id is the
/// same for all spellings of a value (64, 64.0).
/// </summary>
internal sealed class EntityId(Contract contract)
{
    private const int IdBytes = 16;

    private readonly int[] _key = [.. contract.PrimaryKey.Select(k => IndexOf(contract, k))];
    private readonly byte[] _hash = new byte[2 * IdBytes];
    private byte[] _text = new byte[256];
    private int _length;

    /// <summary>The id in UTF-8, valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<FieldValue> row)
    {
        _length = 0;
        if (_key is [var only])
        {
            AppendText(row[only], contract.Fields[only].Type.Kind);
            return _text.AsSpan(0, _length);
        }

        if (_key.Length == 0)
        {
            for (var i = 0; i < row.Length; i++)
                Append(row[i], contract.Fields[i].Type.Kind);

            Span<byte> hash = stackalloc byte[Sha256.HashBytes];
            Sha256.Hash(_text.AsSpan(0, _length), hash);
            Convert.TryToHexStringLower(hash[..IdBytes], _hash, out _);
            return _hash;
        }

        foreach (var index in _key)
            Append(row[index], contract.Fields[index].Type.Kind);

        return _text.AsSpan(0, _length - 1);
    }

    /// <summary>The id as a string.</summary>
    public string TextOf(ReadOnlySpan<FieldValue> row) => Encoding.UTF8.GetString(Of(row));

    /// <summary>Escapes separators, so that different rows have different texts.</summary>
    private void Append(in FieldValue value, FieldKind kind)
    {
        if (value.IsNull)
            AppendText("\\N");
        else if (kind is FieldKind.Text or FieldKind.Json or FieldKind.Jsonb)
            AppendText(value.Text.AsSpan().ContainsAny('\\', '|') ? value.Text!.Replace("\\", "\\\\").Replace("|", "\\|") : value.Text!);
        else
            AppendText(value, kind);

        Reserve(1);
        _text[_length++] = (byte)'|';
    }

    private void AppendText(string text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _text.AsSpan(_length));
    }

    private void AppendText(in FieldValue value, FieldKind kind)
    {
        int written;
        while (!value.TryWriteText(kind, _text.AsSpan(_length), out written))
            Reserve(_text.Length);

        _length += written;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _text.Length)
            Array.Resize(ref _text, Math.Max(_length + bytes, _text.Length * 2));
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
