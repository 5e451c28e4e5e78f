namespace Generator;

/// <summary>The sources of the generator do not fit together; the message names what does not.</summary>
internal sealed class GeneratorException(string message) : Exception(message);
