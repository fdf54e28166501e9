namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The variables that an operation declares, and those that it uses.</summary>
internal sealed class VariableUse(GraphQlOperation operation)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string OperationName => operation.Name ?? "anonymous query";

    /// <summary>Records the use of a variable; returns null if it is not declared.</summary>
    public GraphQlVariable? Use(string name)
    {
        _used.Add(name);
        return operation.Variables.FirstOrDefault(variable => variable.Name == name);
    }

    public IEnumerable<GraphQlVariable> Unused() => operation.Variables.Where(variable => !_used.Contains(variable.Name));
}
