using System.Globalization;

namespace SkillMeat.Bench.Processes;

/// <summary>The measurements that a script prints, a line each: <c>name=milliseconds</c>.</summary>
internal static class ScriptOutput
{
    public static IReadOnlyList<(string Name, double Milliseconds)> Read(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('='))
        .Select(parts => (parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture)))
        .ToList();
}
