namespace Ingestion.Connectors.Json;

/// <summary>
/// A buffer on a stream that holds the whole current record. Of a record longer than <see cref="MaxRecordBytes"/> only the start is kept, so that
/// memory use is bounded.
/// </summary>
internal sealed class RecordBuffer(Stream content)
{
    public const int MaxRecordBytes = 16 * 1024 * 1024;
    private const int KeptOfLongRecord = 64 * 1024;
    private const int ChunkBytes = 64 * 1024;

    private byte[] _bytes = new byte[2 * ChunkBytes];
    private byte[]? _beginning;
    private int _start;
    private int _at;
    private int _end;
    private long _offset;
    private long _lineStart;

    /// <summary>The line of the next byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The column of the next byte, in bytes from 1.</summary>
    public long Column => _offset - _lineStart + 1;

    /// <summary>The buffered bytes that are not consumed yet.</summary>
    public ReadOnlySpan<byte> Rest => _bytes.AsSpan(_at, _end - _at);

    /// <summary>The record from its start to the last consumed byte, or its start; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Record => _beginning ?? _bytes.AsMemory(_start, _at - _start);

    /// <summary>True if only the start of the record is kept.</summary>
    public bool IsLong => _beginning is not null;

    /// <summary>Starts a record at the next byte.</summary>
    public void Begin()
    {
        _beginning = null;
        _start = _at;
    }

    public void Consume(int count)
    {
        var consumed = Rest[..count];
        _at += count;
        _offset += count;
        if (consumed.LastIndexOf((byte)'\n') is var last and >= 0)
        {
            Line += consumed.Count((byte)'\n');
            _lineStart = _offset - count + last + 1;
        }
    }

    /// <summary>Reads more bytes.</summary>
    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await content.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        if (!IsLong && _at - _start > MaxRecordBytes)
            _beginning = _bytes.AsSpan(_start, KeptOfLongRecord).ToArray();
        if (IsLong)
            _start = _at;

        var kept = _end - _start;
        if (_bytes.Length - _end >= ChunkBytes)
            return;

        // return to the usual size after a long record, double the size within one
        var size = kept <= ChunkBytes ? 2 * ChunkBytes : kept > _bytes.Length / 2 ? _bytes.Length * 2 : _bytes.Length;
        var target = size == _bytes.Length ? _bytes : new byte[size];
        _bytes.AsSpan(_start, kept).CopyTo(target);
        _bytes = target;
        _at -= _start;
        _start = 0;
        _end = kept;
    }
}
