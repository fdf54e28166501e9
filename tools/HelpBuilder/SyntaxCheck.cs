namespace SkillMeat.HelpBuilder;

/// <summary>Compares the syntax of a page with its parameters, because the two may contradict each other.</summary>
internal static class SyntaxCheck
{
    public static void Compare(IReadOnlyList<HelpSyntax> syntax, IReadOnlyList<HelpParameter> parameters, ProblemList problems)
    {
        if (syntax.Count == 0) return;
        var sets = syntax.Select(s => s.ParameterSet).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters)
        {
            foreach (var set in parameter.Uses.SelectMany(use => use.ParameterSets).Where(set => !sets.Contains(set)))
            {
                problems.Add(parameter.Line, $"-{parameter.Name} is in the parameter set '{set}', which SYNTAX does not show");
            }
        }

        foreach (var call in syntax) Compare(call, parameters, problems);
    }

    private static void Compare(HelpSyntax call, IReadOnlyList<HelpParameter> parameters, ProblemList problems)
    {
        var missing = parameters.Where(p => p.UseIn(call.ParameterSet) is not null && !call.Parameters.Any(shown => IsSame(shown, p))).ToList();
        foreach (var parameter in missing) problems.Add(call.Line, $"the syntax does not show -{parameter.Name}");

        foreach (var shown in call.Parameters)
        {
            if (parameters.FirstOrDefault(p => IsSame(shown, p)) is not { } parameter) problems.Add(call.Line, $"-{shown.Name} is not among the PARAMETERS");
            else if (parameter.UseIn(call.ParameterSet) is not { } use) problems.Add(call.Line, $"-{shown.Name} is not in this parameter set according to line {parameter.Line}");
            else if (Difference(shown, parameter, use) is { } difference) problems.Add(call.Line, $"-{shown.Name} is {difference}");
        }
    }

    private static string? Difference(HelpSyntaxParameter shown, HelpParameter parameter, HelpParameterUse use) =>
        shown.IsRequired != use.IsRequired ? $"{(shown.IsRequired ? "required" : "optional")} here, but not according to line {parameter.Line}"
        : shown.IsPositional != use.Position is not null ? $"{(shown.IsPositional ? "positional" : "named")} here, but not according to line {parameter.Line}"
        : shown.Type is null != parameter.IsSwitch ? $"{(shown.Type is null ? "a switch" : "not a switch")} here, but not according to line {parameter.Line}"
        : null;

    private static bool IsSame(HelpSyntaxParameter shown, HelpParameter parameter) => string.Equals(shown.Name, parameter.Name, StringComparison.OrdinalIgnoreCase);
}
