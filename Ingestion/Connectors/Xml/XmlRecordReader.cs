using System.Xml;
using System.Xml.Linq;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Xml;

/// <summary>
/// Reads the records of one XML file: elements whose attributes and child elements are the fields, by their local names. One record is held in
/// memory. A document type declaration is rejected, and with it all entities that XML does not predefine.
/// </summary>
internal sealed class XmlRecordReader : FileRecordReader
{
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly Contract _contract;
    private readonly XmlReader _reader;
    private readonly RecordText _text;
    private readonly string[] _path;
    private readonly List<string> _open = [];
    private readonly string?[] _values;
    private readonly Dictionary<string, int> _positions;
    private XElement? _record;
    private string? _problem;
    private long _line;

    public XmlRecordReader(DataFile file, Contract contract)
        : base(file, contract)
    {
        _contract = contract;
        _path = contract.Options.RecordPath.Trim('/').Split('/');
        _values = new string?[contract.Fields.Count];
        _positions = contract.Fields.Index().ToDictionary(f => f.Item.Name, f => f.Index, StringComparer.Ordinal);
        _text = new RecordText(new StreamReader(file.Content, file.Inspection.Encoding, detectEncodingFromByteOrderMarks: false));
        _reader = XmlReader.Create(_text, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
    }

    public override long Line => _line;

    public override SourceSpan Span => LineSpan(_line);

    public override string? Problem => _problem;

    public override string RawText => _record!.ToString(SaveOptions.DisableFormatting);

    public override string? this[int field] => _values[field];

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await FindRecordAsync(cancellationToken))
                return false;

            _line = ((IXmlLineInfo)_reader).LineNumber;
            _record = (XElement)await XNode.ReadFromAsync(_reader, cancellationToken);
        }
        catch (XmlException exception)
        {
            throw new DiagnosticException(IngestionDiagnostics.MalformedXml(SpanOf(exception), Reason(exception)), exception);
        }
        catch (Exception exception) when (exception is IOException or System.Text.DecoderFallbackException)
        {
            throw new DiagnosticException(
                exception is RecordText.TooLongException
                    ? IngestionDiagnostics.MalformedXml(LineSpan(((IXmlLineInfo)_reader).LineNumber), exception.Message)
                    : IngestionDiagnostics.Unreadable(File.Path, exception.Message),
                exception);
        }

        _problem = Take(_record);
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Moves to the next element at the record path; returns false at the end.</summary>
    private async Task<bool> FindRecordAsync(CancellationToken cancellationToken)
    {
        _text.Begin();
        // the reader is positioned after the previous record, or at the start
        while (_reader.ReadState == ReadState.Initial ? await _reader.ReadAsync() : !_reader.EOF)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_reader.NodeType == XmlNodeType.EndElement)
                _open.RemoveAt(_open.Count - 1);
            else if (_reader.NodeType == XmlNodeType.Element)
            {
                if (_open.Count == _path.Length - 1 && _reader.LocalName == _path[^1] && _open.SequenceEqual(_path[..^1], StringComparer.Ordinal))
                    return true;
                if (!_reader.IsEmptyElement)
                    _open.Add(_reader.LocalName);
            }

            _text.Begin();
            if (!await _reader.ReadAsync())
                return false;
        }

        return false;
    }

    private string? Take(XElement record)
    {
        Array.Clear(_values);
        string? problem = null;
        var seen = new HashSet<int>();
        foreach (var attribute in record.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.NamespaceName != Instance))
            problem ??= TakeValue(attribute.Name.LocalName, attribute.Value, seen);
        foreach (var element in record.Elements())
        {
            problem ??= element.HasElements && !IsIgnored(element.Name.LocalName)
                ? $"{element.Name.LocalName} has elements inside, not one value"
                : TakeValue(element.Name.LocalName, IsNil(element) ? null : element.Value, seen);
        }

        if (problem is null && record.Nodes().OfType<XText>().FirstOrDefault(t => !string.IsNullOrWhiteSpace(t.Value)) is { } text)
            problem = $"the text '{text.Value.Trim()}' is between the fields";
        return problem ?? _contract.Fields.Index()
            .Where(f => f.Item.Required && !seen.Contains(f.Index))
            .Select(f => $"{f.Item.Name} is missing, but required")
            .FirstOrDefault();
    }

    private bool IsIgnored(string name) => _contract.OnSchemaChange == OnSchemaChange.Ignore && !_positions.ContainsKey(name);

    private string? TakeValue(string name, string? value, HashSet<int> seen)
    {
        if (!_positions.TryGetValue(name, out var position))
            return IsIgnored(name) ? null : $"the field '{name}' is not in {_contract.Span.File}{NearName.Hint(name, _positions.Keys)}";
        if (!seen.Add(position))
            return $"{name} occurs twice";

        _values[position] = value;
        return null;
    }

    /// <summary>Source: XML Schema part 1, 2.6.2, xsi:nil.</summary>
    private static bool IsNil(XElement element) =>
        element.Attribute(XName.Get("nil", Instance))?.Value is "true" or "1";

    /// <summary>The parser's message without its end, which repeats the position, and without hints for programmers.</summary>
    private static string Reason(XmlException exception) => exception.Message.Contains("DTD", StringComparison.Ordinal)
        ? "it has a document type (DTD), which could make a small file grow without end or read other files; remove it"
        : exception.Message.Split(" Line ", 2)[0].ReplaceLineEndings(" ").TrimEnd('.');

    /// <summary>The parser's position; some of its errors have none, and are reported where it stands.</summary>
    private SourceSpan SpanOf(XmlException exception)
    {
        var at = (IXmlLineInfo)_reader;
        var (line, column) = exception.LineNumber > 0 ? (exception.LineNumber, exception.LinePosition) : (at.LineNumber, at.LinePosition);
        (line, column) = (Math.Max(line, 1), Math.Max(column, 1));
        return new SourceSpan(File.Path, line, column, line, column);
    }

    private SourceSpan LineSpan(long line) => new(File.Path, (int)line, 1, (int)line, 1);
}
