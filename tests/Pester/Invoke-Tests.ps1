<#
.SYNOPSIS
    Runs all Pester tests of the module.
.DESCRIPTION
    Tests the module whose folder SKILLMEAT_MODULE names, else the newest one in out/SkillMeat. The last line tells the numbers; the exit code is 1 when a test failed.
.EXAMPLE
    ./tests/Pester/Invoke-Tests.ps1 -Output Detailed
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # How much is shown.
    [ValidateSet('Detailed', 'Normal')]
    [string] $Output = 'Normal',

    # Which files; all of them by default.
    [string[]] $Path = $PSScriptRoot
)

# Not by #Requires: PowerShell 7.6 then ends with exit code 0, whatever the script exits with.
Import-Module -Name Pester -MinimumVersion 5.5.0 -MaximumVersion 5.99.99

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Output
$configuration.Should.ErrorAction = 'Continue'
$run = Invoke-Pester -Configuration $configuration

# A file that could not be read, or whose set-up failed, is a failure too.
[int] $failed = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
[int] $passed = $run.PassedCount
[int] $skipped = $run.SkippedCount
"Pester: $passed passed, $failed failed, $skipped skipped"
exit ($failed -gt 0 -or $passed + $skipped -eq 0 ? 1 : 0)
