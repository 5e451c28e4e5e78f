using Deploy.Core;

namespace Deploy.Environments.Settings;

/// <summary>Collects faults with their places and hands them out in the order of the text.</summary>
internal sealed class FaultList
{
    private readonly List<(SourceMark? Mark, DeployError Error)> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Adds a fault; its message begins with the place, or with the path where there is no place.</summary>
    public void Add(SourceMark? mark, string path, ErrorDefinition definition, string message, string? suggestion = null) =>
        _faults.Add((mark, definition.With($"{mark?.ToString() ?? path}: {message}", suggestion)));

    /// <summary>By line and column, faults of one place in the order they were found; without places, in the order they were found.</summary>
    public IReadOnlyList<DeployError> Sorted() =>
        [.. _faults.OrderBy(fault => fault.Mark?.Line ?? 0).ThenBy(fault => fault.Mark?.Column ?? 0).Select(fault => fault.Error)];
}
