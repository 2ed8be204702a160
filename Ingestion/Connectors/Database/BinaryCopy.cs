using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Database;

/// <summary>
/// One COPY in PostgreSQL's binary format. Rows are collected into large writes; values are encoded from <see cref="FieldValue"/> into the buffer
/// without allocations. Source: PostgreSQL documentation, COPY, "Binary Format", and each type's send function.
/// </summary>
internal sealed class BinaryCopy : IAsyncDisposable
{
    private const int FlushAt = 256 * 1024;
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[FlushAt + (16 * 1024)];
    private int _length;
    private bool _isComplete;

    private BinaryCopy(NpgsqlRawCopyStream stream) => _stream = stream;

    /// <param name="connection">Must run no other command meanwhile.</param>
    /// <param name="command"><c>copy ... from stdin (format binary)</c>.</param>
    /// <param name="cancellationToken">Cancels the COPY.</param>
    public static async Task<BinaryCopy> BeginAsync(NpgsqlConnection connection, string command, CancellationToken cancellationToken)
    {
        var copy = new BinaryCopy(await connection.BeginRawBinaryCopyAsync(command, cancellationToken));
        copy.Append(Header);
        return copy;
    }

    /// <summary>Starts a row; exactly this number of values must be written, in order.</summary>
    public ValueTask StartRowAsync(int values, CancellationToken cancellationToken)
    {
        var flushed = _length >= FlushAt ? FlushAsync(cancellationToken) : default;
        if (!flushed.IsCompletedSuccessfully)
            return StartAfterAsync(flushed, values);

        WriteInt16((short)values);
        return default;
    }

    /// <summary>Completes the COPY. Without this call its rows are discarded.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        WriteInt16(-1);
        await FlushAsync(cancellationToken);
        _isComplete = true;
        await _stream.DisposeAsync();
    }

    public void WriteNull() => WriteInt32(-1);

    public void Write(in FieldValue value, FieldKind kind)
    {
        if (value.IsNull)
        {
            WriteNull();
            return;
        }

        switch (kind)
        {
            case FieldKind.Text or FieldKind.Json:
                Write(value.Text!);
                break;
            case FieldKind.Jsonb:
                WriteJsonb(value.Text!);
                break;
            case FieldKind.Boolean:
                WriteInt32(1);
                Reserve(1)[0] = value.AsBoolean ? (byte)1 : (byte)0;
                break;
            case FieldKind.SmallInt:
                WriteInt32(sizeof(short));
                WriteInt16((short)value.Whole);
                break;
            case FieldKind.Integer:
                WriteInt32(sizeof(int));
                WriteInt32((int)value.Whole);
                break;
            case FieldKind.BigInt:
                Write(value.Whole);
                break;
            case FieldKind.Numeric:
                if (value.Text is { } digits)
                    WriteNumeric(digits);
                else
                    WriteNumeric(value.Exact);
                break;
            case FieldKind.Real:
                WriteInt32(sizeof(float));
                BinaryPrimitives.WriteSingleBigEndian(Reserve(sizeof(float)), (float)value.Floating);
                break;
            case FieldKind.Double:
                WriteInt32(sizeof(double));
                BinaryPrimitives.WriteDoubleBigEndian(Reserve(sizeof(double)), value.Floating);
                break;
            case FieldKind.Date:
                WriteInt32(sizeof(int));
                WriteInt32((int)((value.Whole - Epoch.Ticks) / TimeSpan.TicksPerDay));
                break;
            case FieldKind.Timestamp or FieldKind.TimestampTz:
                WriteTimestamp(value.Whole);
                break;
            case FieldKind.Uuid:
                Write(Guid.Parse(value.Text!));
                break;
            default:
                throw new InvalidOperationException($"No binary form of {kind}");
        }
    }

    public void Write(string text)
    {
        var at = _length;
        WriteInt32(0);
        Append(text);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(at), _length - at - sizeof(int));
    }

    /// <param name="text">A text in UTF-8.</param>
    public void Write(ReadOnlySpan<byte> text)
    {
        WriteInt32(text.Length);
        Append(text);
    }

    /// <summary>Writes values that were encoded before, with their lengths.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> values) => Append(values);

    public void Write(long number)
    {
        WriteInt32(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), number);
    }

    public void Write(Guid uuid)
    {
        const int Size = 16;
        WriteInt32(Size);
        uuid.TryWriteBytes(Reserve(Size), bigEndian: true, out _);
    }

    /// <param name="moment">A time in UTC, for a column with time zone.</param>
    public void Write(DateTime moment) => WriteTimestamp(moment.Ticks);

    /// <summary>Cancels the COPY unless it was completed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isComplete)
            return;

        try
        {
            await _stream.CancelAsync();
            await _stream.DisposeAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // the connection is lost, and the COPY with it
        }
    }

    private static int PadOf(int scale) => (4 - (scale % 4)) % 4;

    private async ValueTask StartAfterAsync(ValueTask flushed, int values)
    {
        await flushed;
        WriteInt16((short)values);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }

    private void WriteTimestamp(long ticks)
    {
        WriteInt32(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Reserve(sizeof(long)), (ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond);
    }

    private void WriteJsonb(string json)
    {
        var at = _length;
        WriteInt32(0);
        Reserve(1)[0] = 1;
        Append(json);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(at), _length - at - sizeof(int));
    }

    /// <summary>Writes digits in groups of four, with the weight of the first group, sign and scale. Source: PostgreSQL, numeric_send.</summary>
    private void WriteNumeric(decimal number)
    {
        Span<short> groups = stackalloc short[12];
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var whole = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        // pad the fraction to a multiple of four digits, so that the last group is full
        for (var pad = PadOf(scale); pad > 0; pad--)
            whole *= 10;

        var count = 0;
        for (; whole > 0; whole /= 10_000)
            groups[count++] = (short)(whole % 10_000);

        WriteInt32((4 + count) * sizeof(short));
        WriteInt16((short)count);
        WriteInt16((short)(count - 1 - ((scale + PadOf(scale)) / 4)));
        WriteInt16(bits[3] < 0 ? (short)0x4000 : (short)0);
        WriteInt16((short)scale);
        while (count > 0)
            WriteInt16(groups[--count]);
    }

    /// <param name="plain">Sign, digits and decimal point, with more digits than a decimal can hold.</param>
    private void WriteNumeric(ReadOnlySpan<char> plain)
    {
        var isNegative = plain[0] == '-';
        if (isNegative)
            plain = plain[1..];

        var point = plain.IndexOf('.');
        var whole = point < 0 ? plain.Length : point;
        var scale = point < 0 ? 0 : plain.Length - point - 1;
        var wholePad = PadOf(whole);
        var digits = string.Concat(new string('0', wholePad), plain[..whole], point < 0 ? default : plain[(point + 1)..]) + new string('0', PadOf(scale));
        var groups = digits.Length / 4;
        WriteInt32((4 + groups) * sizeof(short));
        WriteInt16((short)groups);
        WriteInt16((short)(((whole + wholePad) / 4) - 1));
        WriteInt16(isNegative ? (short)0x4000 : (short)0);
        WriteInt16((short)scale);
        for (var i = 0; i < digits.Length; i += 4)
            WriteInt16(short.Parse(digits.AsSpan(i, 4), System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Append(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Grow(most);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    private void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private void WriteInt16(short number) => BinaryPrimitives.WriteInt16BigEndian(Reserve(sizeof(short)), number);

    private void WriteInt32(int number) => BinaryPrimitives.WriteInt32BigEndian(Reserve(sizeof(int)), number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int bytes)
    {
        Grow(bytes);
        var span = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return span;
    }

    private void Grow(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
