using System.Globalization;
using System.Numerics;
using System.Text;
using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Project.Store;

/// <summary>Writes values to a record, replaces strings by their index in a table, and computes the digest of what it writes.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;
    private readonly StringTable _texts;
    private readonly DigestBuilder? _digest;

    /// <param name="texts">Receives the strings.</param>
    /// <param name="takesDigests">False if <see cref="TakeDigest"/> is not used.</param>
    public StoreWriter(StringTable texts, bool takesDigests = true)
    {
        _texts = texts;
        _digest = takesDigests ? new DigestBuilder() : null;
        _writer = new BinaryWriter(_bytes, Encoding.UTF8);
    }

    /// <summary>False after a value that a record cannot store.</summary>
    public bool IsComplete { get; private set; } = true;

    public int Length => (int)_bytes.Length;

    /// <summary>Returns the digest of everything written since the last call.</summary>
    public Digest TakeDigest() => _digest!.Finish();

    public void CopyTo(Stream stream)
    {
        _writer.Flush();
        stream.Write(_bytes.GetBuffer(), 0, Length);
    }

    public void Number(int number)
    {
        _writer.Write7BitEncodedInt(number);
        _digest?.Add(number);
    }

    public void Long(long number)
    {
        _writer.Write(number);
        _digest?.Add(number);
    }

    public void Flag(bool flag) => Number(flag ? 1 : 0);

    public void Digest(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Store.Digest.Size];
        digest.Write(bytes);
        _writer.Write(bytes);
        _digest?.Add(digest);
    }

    /// <summary>Writes the position of content with this digest; the position itself is not part of the digest.</summary>
    public void Place(int start, int length, Digest content)
    {
        _writer.Write7BitEncodedInt(start);
        _writer.Write7BitEncodedInt(length);
        _digest?.Add(content);
    }

    public void Text(string text)
    {
        _writer.Write7BitEncodedInt(_texts.Number(text));
        _digest?.Add(text);
    }

    public void OptionalText(string? text)
    {
        Flag(text is not null);
        if (text is not null)
            Text(text);
    }

    public void Texts(IReadOnlyCollection<string> texts)
    {
        Number(texts.Count);
        foreach (var text in texts)
            Text(text);
    }

    public void Span(SourceSpan span)
    {
        Text(span.File);
        Number(span.StartLine);
        Number(span.StartColumn);
        Number(span.EndLine);
        Number(span.EndColumn);
    }

    public void OptionalSpan(SourceSpan? span)
    {
        Flag(span is not null);
        if (span is { } given)
            Span(given);
    }

    public void OptionalDigest(Digest? digest)
    {
        Flag(digest is not null);
        if (digest is { } given)
            Digest(given);
    }

    public void Diagnostic(Diagnostic diagnostic)
    {
        Text(diagnostic.Id);
        Number((int)diagnostic.Severity);
        Text(diagnostic.Descriptor.Format);
        Span(diagnostic.Span);
        Texts(diagnostic.Arguments);
    }

    public void Map(IReadOnlyCollection<KeyValuePair<string, object?>> entries)
    {
        Number(entries.Count);
        foreach (var (key, value) in entries)
        {
            Text(key);
            Value(value);
        }
    }

    /// <summary>Writes a YAML value or a template value.</summary>
    public void Value(object? value)
    {
        switch (value)
        {
            case null:
                Number((int)RecordedKind.Null);
                break;
            case string text:
                Number((int)RecordedKind.Text);
                Text(text);
                break;
            case bool flag:
                Number((int)(flag ? RecordedKind.True : RecordedKind.False));
                break;
            case int number:
                NumberText(RecordedKind.Int, number.ToString(CultureInfo.InvariantCulture));
                break;
            case long number:
                NumberText(RecordedKind.Long, number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                NumberText(RecordedKind.Double, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case decimal number:
                NumberText(RecordedKind.Decimal, number.ToString(CultureInfo.InvariantCulture));
                break;
            case BigInteger number:
                NumberText(RecordedKind.BigInteger, number.ToString(CultureInfo.InvariantCulture));
                break;
            case JinjaList list:
                Items(RecordedKind.List, list);
                break;
            case JinjaTuple tuple:
                Items(RecordedKind.Tuple, tuple);
                break;
            case JinjaDict dict:
                Number((int)RecordedKind.Dict);
                Number(dict.Count);
                foreach (var (key, item) in dict)
                {
                    Value(key);
                    Value(item);
                }

                break;
            case Dictionary<string, object?> map:
                Number((int)RecordedKind.Map);
                Map(map);
                break;
            default:
                IsComplete = false;
                Number((int)RecordedKind.Null);
                break;
        }
    }

    public void Dispose() => _writer.Dispose();

    private void NumberText(RecordedKind kind, string text)
    {
        Number((int)kind);
        Text(text);
    }

    private void Items(RecordedKind kind, IReadOnlyList<object?> items)
    {
        Number((int)kind);
        Number(items.Count);
        foreach (var item in items)
            Value(item);
    }
}
