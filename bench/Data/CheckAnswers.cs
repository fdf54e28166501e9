using System.Text.Json;
using SkillMeat.Bench.Processes;

namespace SkillMeat.Bench.Data;

/// <summary>Rejects measurements with wrong answers: a fast check that reports nothing is worthless.</summary>
internal static class CheckAnswers
{
    /// <exception cref="InvalidOperationException">The answers differ from git's.</exception>
    public static void Verify(ProcessOutcome outcome, int artifacts, IReadOnlySet<string> changed)
    {
        if (outcome.ExitCode != (changed.Count > 0 ? 2 : 0))
        {
            throw new InvalidOperationException($"skm ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
        }

        using var answers = JsonDocument.Parse(outcome.Output);
        var said = answers.RootElement.EnumerateArray().ToList();
        var updates = said.Where(a => a.GetProperty("update_available").GetBoolean()).Select(a => a.GetProperty("artifact_id").GetString()!).ToHashSet();
        var unknown = said.Count(a => a.GetProperty("change_type").GetString() == "unknown");
        if (said.Count != artifacts || unknown > 0 || !updates.SetEquals(changed))
        {
            throw new InvalidOperationException(
                $"A check of {artifacts} artifacts, {changed.Count} of them changed, gave {said.Count} answers, {updates.Count} updates, {unknown} unknown.");
        }
    }

    /// <exception cref="InvalidOperationException">The refresh did not change each artifact.</exception>
    public static void VerifyRefreshed(ProcessOutcome outcome, int artifacts)
    {
        if (outcome.ExitCode != 0)
        {
            throw new InvalidOperationException($"skm ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
        }

        using var answer = JsonDocument.Parse(outcome.Output);
        var refreshed = answer.RootElement.GetProperty("entries").EnumerateArray().Count(e => e.GetProperty("status").GetString() == "refreshed");
        if (refreshed != artifacts)
        {
            throw new InvalidOperationException($"A refresh that changes each of {artifacts} artifacts changed {refreshed}.");
        }
    }
}
