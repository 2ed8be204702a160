using ICSharpCode.SharpZipLib;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using ZstdSharp;

namespace Ingestion.Connectors.Files;

/// <summary>
/// Decompresses a gzip or zstd file up to the contract's limit, because a small file may decompress to an enormous size. A damaged archive causes an
/// <see cref="IOException"/>. .NET's GZipStream does not detect a truncated file.
/// </summary>
internal sealed class UnpackingStream : Stream
{
    private const long Megabyte = 1024 * 1024;

    private readonly Stream _content;
    private readonly string _path;
    private readonly string _contract;
    private readonly int _limit;
    private readonly string _kind;
    private long _length;

    private UnpackingStream(Stream content, string kind, string path, Contract contract)
    {
        _content = content;
        _kind = kind;
        _path = path;
        _contract = contract.Span.File;
        _limit = contract.Options.MaxUnpackedMegabytes;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    /// <summary>
    /// Returns a stream of the decompressed content of <paramref name="file"/>, or null if it is not compressed. Both streams are read from the
    /// start.
    /// </summary>
    public static UnpackingStream? Open(FileStream file, string path, Contract contract)
    {
        Span<byte> start = stackalloc byte[4];
        file.Position = 0;
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        // source: RFC 1952, 2.3.1, and RFC 8878, 3.1.1
        return start switch
        {
            [0x1F, 0x8B, ..] => new UnpackingStream(new GzipStream(file), "gzip", path, contract),
            [0x28, 0xB5, 0x2F, 0xFD] => new UnpackingStream(new DecompressionStream(file, leaveOpen: true), "zstd", path, contract),
            _ => null,
        };
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(_content.Read(buffer));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await _content.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _length += read;
        return _length <= _limit * Megabyte ? read : throw new DiagnosticException(IngestionDiagnostics.UnpacksTooFar(_path, _limit, _contract));
    }

    private static bool IsDamage(Exception exception) => exception is SharpZipBaseException or ZstdException or EndOfStreamException;

    private IOException Damaged(Exception exception) =>
        new($"the {_kind} archive is damaged or cut off ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); deliver it again", exception);
}
