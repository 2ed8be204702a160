using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>A contract's file in the data folder: found, opened and known whole before a row is read.</summary>
internal sealed class DataFile : IAsyncDisposable
{
    private readonly DateTime _lastWrite;

    private DataFile(string path, FileStream stream, FileInspection inspection, DateTime lastWrite)
    {
        Path = path;
        Stream = stream;
        Inspection = inspection;
        _lastWrite = lastWrite;
    }

    /// <summary>The full path, as messages show it.</summary>
    public string Path { get; }

    /// <summary>The content, after the byte order mark.</summary>
    public FileStream Stream { get; }

    public FileInspection Inspection { get; }

    public static async Task<DataFile> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var path = FilePath.Find(contract, location.DataDirectory);
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            var lastWrite = File.GetLastWriteTimeUtc(path);
            var inspection = await FileInspection.InspectAsync(stream, path, contract, cancellationToken);
            stream.Position = inspection.PreambleLength;
            return new DataFile(path, stream, inspection, lastWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (stream is not null)
                await stream.DisposeAsync();
            throw new DiagnosticException(IngestionDiagnostics.Unreadable(path, exception.Message), exception);
        }
        catch
        {
            if (stream is not null)
                await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Throws where the file is not the one that was inspected any more.</summary>
    public void CheckUnchanged()
    {
        if (Stream.Length != Inspection.Length || File.GetLastWriteTimeUtc(Path) != _lastWrite)
            throw new DiagnosticException(IngestionDiagnostics.Changed(Path));
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
