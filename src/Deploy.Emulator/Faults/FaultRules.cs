using System.Text.Json;
using Deploy.Core;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.Faults;

/// <summary>The rules in <c>faults.json</c>, read again whenever the file changed.</summary>
internal sealed class FaultRules(StoreFolder folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _seen;
    private IReadOnlyList<FaultRule> _rules = [];

    /// <exception cref="DeployException">DEP6004.</exception>
    public IReadOnlyList<FaultRule> All()
    {
        lock (_gate)
        {
            var file = new FileInfo(folder.Faults);
            var seen = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (seen != _seen)
            {
                _rules = file.Exists ? Read() : [];
                _seen = seen;
            }

            return _rules;
        }
    }

    /// <summary>The first rule for an endpoint; null when it shall behave.</summary>
    public FaultRule? For(string endpoint) => All().FirstOrDefault(rule => Matches(rule.Endpoint, endpoint));

    public void Add(FaultRule rule)
    {
        Check(rule);
        lock (_gate)
        {
            IReadOnlyList<FaultRule> rules = [.. All().Where(other => other != rule), rule];
            StoreFolder.WriteSecret(folder.Faults, JsonSerializer.Serialize(new FaultFile(rules), Json));
            _seen = default;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            File.Delete(folder.Faults);
            _seen = default;
            _rules = [];
        }
    }

    private static bool Matches(string pattern, string endpoint) =>
        pattern == "*"
        || endpoint.Equals(pattern, StringComparison.OrdinalIgnoreCase)
        || endpoint.StartsWith(pattern + "-", StringComparison.OrdinalIgnoreCase);

    private List<FaultRule> Read()
    {
        try
        {
            var rules = JsonSerializer.Deserialize<FaultFile>(File.ReadAllText(folder.Faults), Json)?.Rules ?? [];
            foreach (var rule in rules)
            {
                Check(rule);
            }

            return [.. rules];
        }
        catch (JsonException e)
        {
            throw new DeployException(EmulatorErrors.FaultsInvalid.With($"'{folder.Faults}' is not valid: {e.Message}"), e);
        }
    }

    private static void Check(FaultRule rule)
    {
        if (!FaultKinds.All.Contains(rule.Kind, StringComparer.Ordinal))
        {
            throw new DeployException(EmulatorErrors.FaultsInvalid.With($"There is no fault kind '{rule.Kind}'; known are: {string.Join(", ", FaultKinds.All)}."));
        }
    }

    private sealed record FaultFile(IReadOnlyList<FaultRule> Rules);
}
