namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>Which variables an operation declares, and which of them it uses.</summary>
internal sealed class VariableUse(GraphQlOperation operation)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string OperationName => operation.Name ?? "anonymous query";

    /// <summary>Notes that a variable is used; null when it isn't declared.</summary>
    public GraphQlVariable? Use(string name)
    {
        _used.Add(name);
        return operation.Variables.FirstOrDefault(variable => variable.Name == name);
    }

    public IEnumerable<GraphQlVariable> Unused() => operation.Variables.Where(variable => !_used.Contains(variable.Name));
}
