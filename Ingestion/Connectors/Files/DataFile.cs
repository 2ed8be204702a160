using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>
/// A contract's file in the data folder. It is located, opened, decompressed if necessary, and inspected as a whole before the first row is read.
/// </summary>
internal sealed class DataFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly DateTime _lastWrite;
    private readonly Contract _contract;
    private readonly bool _isText;

    private DataFile(string path, FileStream file, Contract contract, bool isText)
    {
        Path = path;
        _file = file;
        _contract = contract;
        _isText = isText;
        _lastWrite = File.GetLastWriteTimeUtc(file.Name);
        Length = file.Length;
        Content = file;
    }

    /// <summary>The full path, or the store and the name in it, for messages.</summary>
    public string Path { get; }

    /// <summary>The decompressed content after the byte order mark.</summary>
    public Stream Content { get; private set; }

    public FileInspection Inspection { get; private set; } = null!;

    /// <summary>The number of bytes read from the file, before decompression.</summary>
    public long Position => _file.Position;

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>Opens a text file, which may be compressed (gzip, zstd).</summary>
    public static Task<DataFile> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken) =>
        OpenAsync(contract, location, isText: true, cancellationToken);

    /// <summary>Opens a binary file, whose <see cref="Content"/> is seekable.</summary>
    public static Task<DataFile> OpenBinaryAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken) =>
        OpenAsync(contract, location, isText: false, cancellationToken);

    /// <summary>Returns to the first byte after the byte order mark. A stream taken from <see cref="Content"/> before must not be used afterwards.</summary>
    public async Task RewindAsync(CancellationToken cancellationToken)
    {
        await CloseContentAsync();
        _file.Position = 0;
        Content = _isText && UnpackingStream.Open(_file, Path, _contract) is { } unpacked ? unpacked : _file;
        if (Inspection is { PreambleLength: > 0 and var length })
            await Content.ReadExactlyAsync(new byte[length], cancellationToken);
    }

    /// <summary>Throws if the file changed since it was inspected.</summary>
    public void CheckUnchanged()
    {
        if (_file.Length != Length || File.GetLastWriteTimeUtc(_file.Name) != _lastWrite)
            throw new DiagnosticException(IngestionDiagnostics.Changed(Path));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseContentAsync();
        await _file.DisposeAsync();
    }

    private static async Task<DataFile> OpenAsync(Contract contract, SourceLocation location, bool isText, CancellationToken cancellationToken)
    {
        var path = location.Store is { } store ? $"{store.Name}:{contract.Options.File}" : FilePath.Find(contract, location.DataDirectory);
        DataFile? file = null;
        try
        {
            var stream = location.Store is null
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan)
                : await DownloadAsync(location.Store, contract.Options.File, cancellationToken);
            file = new DataFile(path, stream, contract, isText);
            await file.RewindAsync(cancellationToken);
            file.Inspection = await FileInspection.InspectAsync(file, contract, isText, cancellationToken);
            await file.RewindAsync(cancellationToken);
            return file;
        }
        catch (Exception exception)
        {
            if (file is not null)
                await file.DisposeAsync();
            if (exception is IOException or UnauthorizedAccessException)
                throw new DiagnosticException(IngestionDiagnostics.Unreadable(path, exception.Message), exception);
            throw;
        }
    }

    /// <summary>The file is read twice, for its hash and for its rows, so that it is kept on the disk until it is closed.</summary>
    private static async Task<FileStream> DownloadAsync(IFileStore store, string file, CancellationToken cancellationToken)
    {
        var stream = new FileStream(
            System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"leadline-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1,
            FileOptions.DeleteOnClose | FileOptions.SequentialScan);
        try
        {
            await store.DownloadAsync(file, stream, cancellationToken);
            stream.Position = 0;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async ValueTask CloseContentAsync()
    {
        if (Content != _file)
            await Content.DisposeAsync();
    }
}
