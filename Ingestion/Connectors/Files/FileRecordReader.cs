using Ingestion.Connectors.Sources;
using Models.Contracts;

namespace Ingestion.Connectors.Files;

/// <summary>Reads the records of one file in the data folder.</summary>
internal abstract class FileRecordReader(DataFile file, Contract contract) : RecordReader
{
    public override Contract Contract => contract;

    public override string SourceName => contract.Options.File;

    public override string ContentHash => File.Inspection.ContentHash;

    public override long Position => File.Position;

    public override long? Length => File.Length;

    protected DataFile File => file;

    public override void CheckUnchanged() => File.CheckUnchanged();

    public override ValueTask DisposeAsync() => File.DisposeAsync();
}
