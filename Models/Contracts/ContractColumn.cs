namespace Models.Contracts;

/// <summary>A column of the raw table that a contract describes: one of the contract's fields, or metadata that ingestion adds.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="DataType">The PostgreSQL name of its type.</param>
/// <param name="Description">Its description; empty if the contract has none.</param>
/// <param name="NotNull">True for a required field and for metadata.</param>
public sealed record ContractColumn(string Name, string DataType, string Description, bool NotNull);
