using System.Buffers.Binary;
using Npgsql;

namespace Ingestion.Connectors.Postgres;

/// <summary>Reads rows in COPY's binary format. One row is in memory at a time. Source: PostgreSQL documentation, COPY, "Binary Format".</summary>
internal sealed class BinaryRows(NpgsqlRawCopyStream stream, int columns) : IAsyncDisposable
{
    /// <summary>The signature, flags and the length of an extension, which no server writes.</summary>
    private const int HeaderBytes = 19;

    private readonly int[] _starts = new int[columns];
    private readonly int[] _lengths = new int[columns];
    private byte[] _buffer = new byte[256 * 1024];
    private int _row;
    private int _next;
    private int _end;
    private bool _isStarted;
    private bool _isAtEnd;

    /// <summary>True if the column is null in the current row.</summary>
    public bool IsNull(int column) => _lengths[column] < 0;

    /// <summary>The column's bytes in the current row; valid until the next row is read.</summary>
    public ReadOnlySpan<byte> this[int column] => _buffer.AsSpan(_row + _starts[column], _lengths[column]);

    /// <returns>False at the end.</returns>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _row = _next;
        return _isStarted && TryFind() ? ValueTask.FromResult(!_isAtEnd) : ReadMoreAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_isAtEnd)
                await stream.CancelAsync();
            await stream.DisposeAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // the rest of the rows is not needed, and the connection is closed next
        }
    }

    private async ValueTask<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                throw new EndOfStreamException("The server's rows end without their trailer");

            _end += read;
            if (!_isStarted && _end >= HeaderBytes)
            {
                _isStarted = true;
                _row = HeaderBytes;
            }

            if (_isStarted && TryFind())
                return !_isAtEnd;
        }
    }

    private void MakeRoom()
    {
        if (_row > 0)
        {
            _buffer.AsSpan(_row, _end - _row).CopyTo(_buffer);
            _end -= _row;
            _row = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    /// <summary>Finds the values of the row at the current position; returns false if it is not in the buffer as a whole.</summary>
    private bool TryFind()
    {
        var rest = _buffer.AsSpan(_row, _end - _row);
        var at = sizeof(short);
        if (rest.Length < at)
            return false;
        if (BinaryPrimitives.ReadInt16BigEndian(rest) < 0)
            return _isAtEnd = true;

        for (var i = 0; i < columns; i++)
        {
            if (rest.Length < at + sizeof(int))
                return false;

            _lengths[i] = BinaryPrimitives.ReadInt32BigEndian(rest[at..]);
            _starts[i] = at += sizeof(int);
            at += Math.Max(0, _lengths[i]);
        }

        if (rest.Length < at)
            return false;

        _next = _row + at;
        return true;
    }
}
