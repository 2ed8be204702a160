namespace Models.Artifacts;

/// <summary>Assembles a manifest; adjacent parts of the previous manifest are copied in one operation.</summary>
internal sealed class ManifestStream(Stream stream, ManifestIndex? earlier)
{
    private readonly List<ManifestPart> _indexed = [];
    private long _position;
    private int _copyStart;
    private int _copyLength;

    /// <summary>The written parts that have a key, with their positions.</summary>
    public IReadOnlyList<ManifestPart> Indexed => _indexed;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Flush();
        stream.Write(bytes);
        _position += bytes.Length;
    }

    public void Write(ManifestPart part, bool isFirst)
    {
        // adjacent entries are one byte apart, which is the comma
        if (part.IsCopied && !isFirst && _copyLength > 0 && part.Start == _copyStart + _copyLength + 1)
        {
            _copyLength += part.Length + 1;
            _position += part.Length + 1;
        }
        else
        {
            if (!isFirst)
                Write(","u8);

            if (part.IsCopied)
                Begin(part);
            else
                Write(part.Bytes.Span);
        }

        if (part.Key is not null && _position <= int.MaxValue)
            _indexed.Add(part with { Start = (int)(_position - part.Length), Bytes = default });
    }

    /// <summary>Performs the pending copy.</summary>
    public void Flush()
    {
        if (_copyLength > 0)
            earlier!.CopyTo(stream, _copyStart, _copyLength);

        _copyLength = 0;
    }

    private void Begin(ManifestPart part)
    {
        Flush();
        _copyStart = part.Start;
        _copyLength = part.Length;
        _position += part.Length;
    }
}
