<#
.SYNOPSIS
    Runs all Pester tests of the module.
.DESCRIPTION
    Tests the module in the folder SKILLMEAT_MODULE, else the newest one in out/SkillMeat. The last line has the numbers; the exit code is 1 if a test failed.
.EXAMPLE
    ./tests/Pester/Invoke-Tests.ps1 -Output Detailed
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The amount of output.
    [ValidateSet('Detailed', 'Normal')]
    [string] $Output = 'Normal',

    # The test files; all of them by default.
    [string[]] $Path = $PSScriptRoot
)

# Not with #Requires: PowerShell 7.6 then ends with exit code 0, regardless of the script's exit code.
Import-Module -Name Pester -MinimumVersion 5.5.0 -MaximumVersion 5.99.99

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = $Output
$configuration.Should.ErrorAction = 'Continue'
$run = Invoke-Pester -Configuration $configuration

# A file that cannot be read, or whose setup fails, is a failure too.
[int] $failed = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
[int] $passed = $run.PassedCount
[int] $skipped = $run.SkippedCount
"Pester: $passed passed, $failed failed, $skipped skipped"
exit ($failed -gt 0 -or $passed + $skipped -eq 0 ? 1 : 0)
