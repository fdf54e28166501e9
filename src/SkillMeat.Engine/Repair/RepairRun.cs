namespace SkillMeat.Repair;

/// <summary>What a repair found so far, and whether it may change anything.</summary>
/// <remarks>For one thread.</remarks>
internal sealed class RepairRun(bool isDry)
{
    private readonly List<RepairFinding> _findings = [];

    /// <summary>Whether it only says what it would do.</summary>
    public bool IsDry => isDry;

    public IReadOnlyList<RepairFinding> Findings => _findings;

    /// <summary>Something that is, or would be, put right.</summary>
    public void AddRepaired(string finding, string path, string action) => _findings.Add(new RepairFinding(finding, path, isDry ? $"would be {action}" : action, IsLeft: isDry));

    /// <summary>Something that a person has to decide about.</summary>
    public void AddUnresolved(string finding, string path, string action) => _findings.Add(new RepairFinding(finding, path, $"left as it is: {action}", IsLeft: true));
}
