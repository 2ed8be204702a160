namespace Models.Artifacts;

/// <summary>Puts a manifest together, stretches that stood together in the earlier one as one copy.</summary>
internal sealed class ManifestStream(Stream stream, ManifestIndex? earlier)
{
    private readonly List<ManifestPart> _indexed = [];
    private long _position;
    private int _copyStart;
    private int _copyLength;

    /// <summary>The parts written that have a key, where they stand now.</summary>
    public IReadOnlyList<ManifestPart> Indexed => _indexed;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Flush();
        stream.Write(bytes);
        _position += bytes.Length;
    }

    public void Write(ManifestPart part, bool isFirst)
    {
        // an entry and the next stand one byte apart, which is their comma
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

    /// <summary>Carries out the copy that is open.</summary>
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
