using ICSharpCode.SharpZipLib.GZip;

namespace Ingestion.Connectors.Files;

/// <summary>
/// Reads gzip archives that are joined to one file. The library ends silently at bytes after an archive that are no other archive; here they are an error,
/// because they may be records. Zeros are padding. Source: RFC 1952, 2.2; gzip's manual, "Tapes".
/// </summary>
internal sealed class GzipStream : GZipInputStream
{
    private readonly Stream _file;
    private bool _isAtEnd;

    public GzipStream(Stream file)
        : base(file)
    {
        _file = file;
        IsStreamOwner = false;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        if (read == 0 && count > 0 && !_isAtEnd)
        {
            _isAtEnd = true;
            CheckEnd();
        }

        return read;
    }

    private void CheckEnd()
    {
        // the buffer is empty at the end of the file; otherwise the library has taken a byte or two of what follows
        var rest = inputBuffer.RawData.AsSpan(0, inputBuffer.RawLength);
        if (rest.IsEmpty)
            return;

        var found = rest[Math.Max(0, rest.Length - inputBuffer.Available - 1)..].ContainsAnyExcept((byte)0);
        var chunk = new byte[4096];
        int read;
        while (!found && (read = _file.Read(chunk, 0, chunk.Length)) > 0)
            found = chunk.AsSpan(0, read).ContainsAnyExcept((byte)0);

        if (found)
            throw new GZipException("the archive is followed by bytes that are no archive");
    }
}
