using Models.Contracts;

namespace Ingestion.Connectors.Csv;

/// <summary>The layout of a CSV file.</summary>
/// <param name="Contract">The contract, including columns added to it.</param>
/// <param name="Delimiter">The separator.</param>
/// <param name="FieldCount">The number of fields of each row.</param>
/// <param name="Positions">For each field of the contract its position in a row, or -1 if the file does not have it.</param>
/// <param name="TrailingPosition">The position of an unnamed last column that must be empty, if lines end with a separator; otherwise -1.</param>
internal sealed record CsvLayout(Contract Contract, char Delimiter, int FieldCount, int[] Positions, int TrailingPosition);
