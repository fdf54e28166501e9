using System.CommandLine;
using SkillMeat.Cli.Output.Json;
using SkillMeat.Repair;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm repair</c>.</summary>
internal static class RepairCommand
{
    public static Command Create(CommandFactory commands)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what is wrong and what would be done." };
        return commands.Create(
            "repair",
            "Looks through the home for what is not as it should be, and puts right what can be put right without losing anything. Exit code 1 when something is left.",
            [dryRun],
            async (run, parsed, cancellationToken) =>
            {
                var isDry = parsed.GetValue(dryRun);
                var store = isDry ? run.OpenHomeToRead() : run.OpenHome();
                IReadOnlyList<RepairFinding> findings;
                using (run.ShowProgress("Looking through the home…"))
                {
                    findings = await new HomeRepair(store).RepairAsync(isDry, run.LockTimeout, cancellationToken);
                }

                Write(run, findings);
                return !isDry && findings.Any(finding => finding.IsLeft) ? ExitCode.Error : ExitCode.Success;
            });
    }

    private static void Write(CommandRun run, IReadOnlyList<RepairFinding> findings)
    {
        if (run.IsJson)
        {
            run.WriteJson(findings.Select(RepairJson.Of));
            return;
        }

        if (findings.Count > 0)
        {
            run.Tables().Write(["Finding", "Path", "Action"], findings.Select(finding => new[] { finding.Finding, finding.Path, finding.Action }));
        }

        run.Say(findings.Count == 0 ? "All is well." : $"{findings.Count} found, of which {findings.Count(finding => finding.IsLeft)} are still so.");
    }
}
