using System.Text.Json;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Files;

/// <summary>
/// Reads the records of a file format with typed values. Each value is converted to the text that the contract's parser accepts, so that the same
/// checks apply to every format.
/// </summary>
internal abstract class TypedRecordReader(DataFile file, Contract contract) : FileRecordReader(file, contract)
{
    private readonly TypedText _texts = new(contract);
    private readonly string?[] _values = new string?[contract.Fields.Count];
    private string? _problem;

    public override long Line => Number;

    public override SourceSpan Span => SourceSpan.WholeFile($"{File.Path}, {Unit} {Number}");

    public override string? Problem => _problem;

    /// <summary>The record as a JSON object of strings.</summary>
    public override string RawText => JsonSerializer.Serialize(Contract.Fields.Index().ToDictionary(f => f.Item.Name, f => this[f.Index]));

    public override string? this[int field] => _values[field];

    /// <summary>The format's name in messages, for example <c>parquet</c>.</summary>
    protected abstract string Kind { get; }

    /// <summary>The unit that <see cref="Number"/> counts.</summary>
    protected virtual string Unit => "record";

    /// <summary>The current record's number, from 1.</summary>
    protected long Number { get; set; }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Number++;
        _problem = null;
        return await GuardAsync(File.Path, Kind, () => NextAsync(cancellationToken));
    }

    /// <summary>
    /// Runs a step of a decoder. Decoders throw many exception types on unexpected bytes; each of them means that the file is damaged or has another
    /// format.
    /// </summary>
    /// <exception cref="DiagnosticException">The file cannot be read.</exception>
    internal static async ValueTask<T> GuardAsync<T>(string path, string kind, Func<ValueTask<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception exception) when (exception is not (DiagnosticException or OperationCanceledException))
        {
            throw new DiagnosticException(IngestionDiagnostics.Damaged(path, kind, exception.Message), exception);
        }
    }

    /// <summary>Reads the next record and sets its fields; returns false at the end.</summary>
    protected abstract ValueTask<bool> NextAsync(CancellationToken cancellationToken);

    /// <summary>A value's text; null if it has none.</summary>
    protected string? TextOf(object? value, int field) => _texts.TryWrite(value, field, out var text) ? text : null;

    /// <summary>Marks the whole current record as invalid.</summary>
    protected void Refuse(string problem) => _problem ??= problem;

    protected void Set(int field, object? value)
    {
        if (!_texts.TryWrite(value, field, out _values[field]))
            Refuse($"{Contract.Fields[field].Name} is {TypedText.Describe(value)}, not one value of type {Contract.Fields[field].Type.Name}");
    }
}
