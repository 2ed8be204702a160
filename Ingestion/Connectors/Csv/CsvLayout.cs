using Models.Contracts;

namespace Ingestion.Connectors.Csv;

/// <summary>How a CSV file is laid out.</summary>
/// <param name="Contract">The contract, with the columns that it was extended by.</param>
/// <param name="Delimiter">The separator.</param>
/// <param name="FieldCount">How many fields each row has.</param>
/// <param name="Positions">For each field of the contract its position in a row, -1 where the file does not have it.</param>
/// <param name="TrailingPosition">The position of an unnamed last column that must stay blank: separators end the lines; else -1.</param>
internal sealed record CsvLayout(Contract Contract, char Delimiter, int FieldCount, int[] Positions, int TrailingPosition);
