namespace SkillMeat.Repair;

/// <summary>Collects the findings of a repair, each fact once.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RepairRun(bool isDry)
{
    private readonly List<RepairFinding> _findings = [];
    private readonly HashSet<(string Finding, string Path)> _facts = [];

    /// <summary>Whether this is a dry run.</summary>
    public bool IsDry => isDry;

    public IReadOnlyList<RepairFinding> Findings => _findings;

    /// <summary>Adds a finding that is repaired, or would be in a dry run.</summary>
    public void AddRepaired(string finding, string path, string action) => Add(new RepairFinding(finding, path, isDry ? $"would be {action}" : action, IsLeft: isDry));

    /// <summary>Adds a finding that the user has to decide about.</summary>
    public void AddUnresolved(string finding, string path, string action) => Add(new RepairFinding(finding, path, $"left as it is: {action}", IsLeft: true));

    // One fact can be found in several ways: a list that names a file twice, several versions of one content.
    private void Add(RepairFinding finding)
    {
        if (_facts.Add((finding.Finding, finding.Path))) _findings.Add(finding);
    }
}
