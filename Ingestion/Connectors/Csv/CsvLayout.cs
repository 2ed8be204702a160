namespace Ingestion.Connectors.Csv;

/// <summary>How a CSV file is laid out.</summary>
/// <param name="Delimiter">The separator.</param>
/// <param name="FieldCount">How many fields each row has.</param>
/// <param name="Positions">For each field of the contract its position in a row, -1 where the file does not have it.</param>
/// <param name="TrailingPosition">The position of an unnamed last column that must stay blank: separators end the lines; else -1.</param>
internal sealed record CsvLayout(char Delimiter, int FieldCount, int[] Positions, int TrailingPosition);
