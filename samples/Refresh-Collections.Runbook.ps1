#Requires -Version 7.4
<#
.SYNOPSIS
    Refreshes collections, or checks them for updates, without user interaction.
.DESCRIPTION
    A runbook for Azure Automation, and a script for any other scheduler. It needs no profile, no user folder and no terminal, and it never prompts.

    Collections are processed separately, so a failure of one does not affect the others. Each returns one object with its totals, and each failure is a separate error.
    If anything failed, the script ends with a terminating error after the last collection, so that the job counts as failed.

    A refresh that changed something returns the id of the snapshot from before, and the command that restores it.
.PARAMETER SkillMeatHome
    The home folder. Required, unless the environment variable SKILLMEAT_HOME is set.
.PARAMETER Collection
    The names of the collections; wildcards are allowed. A text may contain several, separated by commas, because 'pwsh -File' cannot pass lists. ('?' matches a comma in a name.)
.PARAMETER CheckOnly
    Only reports what changed upstream, without changing anything.
.PARAMETER Fields
    The fields to refresh; Get-SkmRefreshField lists them.
.PARAMETER TokenAsset
    The name of a credential asset of Azure Automation. Its password is the GitHub token. By default, the token comes from the environment or the home's
    config.toml, as for the cmdlets.
.PARAMETER MaxWaitSec
    The time to wait for a rate limit to be reset, in seconds.
.OUTPUTS
    An object for each collection: for a refresh the numbers of artifacts by outcome and the command to undo it, for a check the numbers by change. If a collection
    could not be processed at all, only the number of errors is set.
.EXAMPLE
    ./Refresh-Collections.Runbook.ps1 -SkillMeatHome /srv/skillmeat
    Refreshes all collections.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File Refresh-Collections.Runbook.ps1 -SkillMeatHome /srv/skillmeat -Collection default,team-* -CheckOnly
    Checks some collections. The exit code is 1 if anything failed.
.EXAMPLE
    Start-AzAutomationRunbook -ResourceGroupName ops -AutomationAccountName ops -Name Refresh-Collections -RunOn workers -Parameters @{ SkillMeatHome = '/srv/skillmeat'; TokenAsset = 'github' }
    Runs it in Azure Automation on a hybrid worker that has the module and the home.
.NOTES
    The disk of Azure's own sandbox is deleted after the job, so the home must be on a hybrid worker or a share.
#>
[CmdletBinding()]
param(
    [ValidateNotNullOrEmpty()]
    [string] $SkillMeatHome = $env:SKILLMEAT_HOME,

    [SupportsWildcards()]
    [ValidateNotNullOrEmpty()]
    [string[]] $Collection = '*',

    [switch] $CheckOnly,

    [ValidateNotNullOrEmpty()]
    [string[]] $Fields,

    [ValidateNotNullOrEmpty()]
    [string] $TokenAsset,

    [ValidateRange(0, 86400)]
    [double] $MaxWaitSec = 60
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# The caller's preference could cause a prompt that nobody answers.
$ConfirmPreference = 'None'
if ([Console]::IsOutputRedirected) {
    # Logs should not contain escape sequences.
    $PSStyle.OutputRendering = 'PlainText'
}

function Get-GitHubToken {
    param([string] $TokenAsset)

    if (-not (Get-Command -Name Get-AutomationPSCredential -ErrorAction Ignore)) {
        throw "-TokenAsset needs Azure Automation: there is no Get-AutomationPSCredential here. Leave it out to use the token of the environment or of the home's config.toml."
    }

    $credential = Get-AutomationPSCredential -Name $TokenAsset
    if (-not $credential) {
        throw "There is no credential asset '$TokenAsset'."
    }

    $credential.Password
}

function ConvertTo-Summary {
    param([string] $Name, [datetimeoffset] $Started, [object] $Result, [int] $ErrorCount, [switch] $CheckOnly)

    # Without a result, the numbers are unknown, not 0.
    $value = { param($property) if ($Result) { $Result.$property } }
    $summary = [ordered]@{ Collection = $Name; Started = $Started }
    if ($CheckOnly) {
        foreach ($change in 'UpToDate', 'Updated', 'Moved', 'Deleted', 'New', 'Unknown') {
            $summary[$change] = & $value "${change}Count"
        }
    }
    else {
        foreach ($status in 'Refreshed', 'Unchanged', 'Skipped') {
            $summary[$status] = & $value "${status}Count"
        }
    }

    $summary['Errors'] = $ErrorCount
    $summary['Seconds'] = if ($Result) { [math]::Round($Result.Duration.TotalSeconds, 1) }
    if (-not $CheckOnly) {
        $summary['SnapshotId'] = & $value 'SnapshotId'
        $summary['GoBackWith'] = if ($summary['SnapshotId']) {
            'Restore-SkmSnapshot -SkillMeatHome {0} -Collection {1} -Id {2}' -f (ConvertTo-Literal $SkillMeatHome), (ConvertTo-Literal $Name), $summary['SnapshotId']
        }
    }

    [pscustomobject]$summary
}

function ConvertTo-Literal {
    param([string] $Text)

    "'{0}'" -f [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text)
}

if ([string]::IsNullOrWhiteSpace($SkillMeatHome)) {
    throw 'The home must be named, with -SkillMeatHome or in the environment variable SKILLMEAT_HOME.'
}

# By its name, only a module in a folder of PSModulePath is found, even if another one is loaded already.
if (-not (Get-Module -Name SkillMeat)) {
    Import-Module -Name SkillMeat -ErrorAction Stop 4>$null
}

$SkillMeatHome = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SkillMeatHome)
$refresh = @{ SkillMeatHome = $SkillMeatHome; MaxWaitSec = $MaxWaitSec; Summary = $true }
if ($CheckOnly) {
    $refresh['CheckOnly'] = $true
}

if ($Fields) {
    $refresh['Fields'] = $Fields
}

if ($TokenAsset) {
    $refresh['Token'] = Get-GitHubToken -TokenAsset $TokenAsset
}

$wanted = @($Collection -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
if ($wanted.Count -eq 0) {
    throw '-Collection names no collection.'
}

$failed = @()
$names = @(Get-SkmCollection -SkillMeatHome $SkillMeatHome -Name $wanted -ErrorAction SilentlyContinue -ErrorVariable lookupErrors | ForEach-Object { $_.Name })
# A collection that cannot be read is in the list, and fails below.
foreach ($missing in $lookupErrors | Where-Object TargetObject -Is [string]) {
    $failed += $missing.TargetObject
    Write-Error -ErrorRecord $missing -ErrorAction Continue
}

if ($names.Count -eq 0 -and $failed.Count -eq 0) {
    Write-Warning "The home $SkillMeatHome has no collection that fits $($wanted -join ', ')."
}

foreach ($name in $names) {
    Write-Verbose "$($CheckOnly ? 'Checking' : 'Refreshing') collection '$name'."
    $started = [datetimeoffset]::UtcNow
    $result = $null
    $problems = @()
    try {
        $result = Invoke-SkmCollectionRefresh @refresh -Collection $name -ErrorAction SilentlyContinue -ErrorVariable problems
        if (-not $result -and $problems.Count -eq 0) {
            throw "There is no result for collection '$name'."
        }
    }
    catch {
        $problems = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) + $_
    }

    foreach ($problem in $problems) {
        Write-Error -ErrorRecord $problem -ErrorAction Continue
    }

    if ($problems.Count -gt 0) {
        $failed += $name
    }

    ConvertTo-Summary -Name $name -Started $started -Result $result -ErrorCount $problems.Count -CheckOnly:$CheckOnly
}

if ($failed.Count -gt 0) {
    $message = "Not everything could be $($CheckOnly ? 'checked' : 'refreshed'). There were errors in: $($failed -join ', ')."
    throw $message
}
