using System.CommandLine;
using SkillMeat.Repair;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm repair</c>.</summary>
internal static class RepairCommand
{
    public static Command Create(CommandFactory commands)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the problems and their repairs without changing anything." };
        return commands.Create(
            "repair",
            "Finds problems in the home, and repairs those that can be repaired without losing data. The exit code is 1 if problems are left.",
            [dryRun],
            async (run, parsed, cancellationToken) =>
            {
                var isDry = parsed.GetValue(dryRun);
                var store = isDry ? run.OpenHomeToRead() : run.OpenHome();
                IReadOnlyList<RepairFinding> findings;
                using (run.ShowProgress("Checking the home…"))
                {
                    findings = await new HomeRepair(store).RepairAsync(isDry, run.LockTimeout, cancellationToken);
                }

                Write(run, findings, isDry);
                return !isDry && findings.Any(finding => finding.IsLeft) ? ExitCode.Error : ExitCode.Success;
            });
    }

    private static void Write(CommandRun run, IReadOnlyList<RepairFinding> findings, bool isDry)
    {
        if (run.IsJson)
        {
            run.WriteJson(findings.Select(finding => RepairJson.Of(finding, isDry)));
            return;
        }

        if (findings.Count > 0)
        {
            run.Tables().Write(["Finding", "Path", "Action"], findings.Select(finding => new[] { finding.Finding, finding.Path, finding.Action }));
        }

        run.Say(findings.Count == 0 ? "No problems found." : $"Problems found: {findings.Count}, left: {findings.Count(finding => finding.IsLeft)}.");
    }
}
