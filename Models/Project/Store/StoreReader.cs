using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Project.Store;

/// <summary>Reads what <see cref="StoreWriter"/> wrote.</summary>
internal sealed class StoreReader(byte[] bytes, int position, string[] texts)
{
    private int _position = position;

    public int Number() => VariableInteger.Read(bytes, ref _position);

    public long Long()
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(_position));
        _position += sizeof(long);
        return number;
    }

    public bool Flag() => Number() != 0;

    public Digest Digest()
    {
        var digest = Store.Digest.Read(bytes.AsSpan(_position, Store.Digest.Size));
        _position += Store.Digest.Size;
        return digest;
    }

    public string Text() => texts[Number()];

    public string? OptionalText() => Flag() ? Text() : null;

    public string[] Texts()
    {
        var count = Number();
        if (count == 0)
            return [];

        var all = new string[count];
        for (var i = 0; i < all.Length; i++)
            all[i] = Text();

        return all;
    }

    public SourceSpan Span() => new(Text(), Number(), Number(), Number(), Number());

    public SourceSpan? OptionalSpan() => Flag() ? Span() : null;

    public Digest? OptionalDigest() => Flag() ? Digest() : null;

    public Diagnostic Diagnostic()
    {
        var descriptor = new DiagnosticDescriptor(Text(), (DiagnosticSeverity)Number(), Text());
        return Models.Diagnostics.Diagnostic.Create(descriptor, Span(), Texts());
    }

    /// <summary>Reads a list, which starts with its length.</summary>
    public T[] Items<T>(Func<StoreReader, T> read)
    {
        var count = Number();
        if (count == 0)
            return [];

        var items = new T[count];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(this);

        return items;
    }

    public Dictionary<string, object?> Map()
    {
        var count = Number();
        var map = new Dictionary<string, object?>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            map[Text()] = Value();

        return map;
    }

    public object? Value()
    {
        switch ((RecordedKind)Number())
        {
            case RecordedKind.Null:
                return null;
            case RecordedKind.Text:
                return Text();
            case RecordedKind.True:
                return true;
            case RecordedKind.False:
                return false;
            case RecordedKind.Int:
                return int.Parse(Text(), CultureInfo.InvariantCulture);
            case RecordedKind.Long:
                return long.Parse(Text(), CultureInfo.InvariantCulture);
            case RecordedKind.Double:
                return double.Parse(Text(), CultureInfo.InvariantCulture);
            case RecordedKind.Decimal:
                return decimal.Parse(Text(), CultureInfo.InvariantCulture);
            case RecordedKind.BigInteger:
                return BigInteger.Parse(Text(), CultureInfo.InvariantCulture);
            case RecordedKind.List:
                return new JinjaList(new List<object?>(Items()));
            case RecordedKind.Tuple:
                return new JinjaTuple(Items());
            case RecordedKind.Dict:
                var dict = new JinjaDict();
                for (var left = Number(); left > 0; left--)
                    dict[Value()] = Value();

                return dict;
            case RecordedKind.Map:
                return Map();
            case var other:
                throw new FormatException($"a record holds no values of kind {other}");
        }
    }

    private object?[] Items()
    {
        var items = new object?[Number()];
        for (var i = 0; i < items.Length; i++)
            items[i] = Value();

        return items;
    }
}
