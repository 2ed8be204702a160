using Models.Compiler.Graph;

namespace Models.Compiler.PartialParsing;

/// <summary>A node as a record holds it; for a model with the place of its text.</summary>
internal sealed record RecordedNode(Node Node, RecordedText Text);

/// <summary>A stretch of a record that is a text in UTF-8.</summary>
internal readonly record struct RecordedText(int Start, int Length);
