#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Get-SkmUpstreamArtifact' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:upstream = Join-Path (Split-Path -Path $sample) 'upstream'
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
    }

    It 'lists a folder, and what the collection has of it' {
        $found = Get-SkmUpstreamArtifact $upstream
        ($found | Where-Object State -EQ 'New').ArtifactId | Should -Be 'command:release-notes', 'skill:quick-sum'
        ($found | Where-Object Name -EQ 'meeting-notes').State | Should -Be 'Behind'
        ($found | Where-Object Name -EQ 'pdf-tools').State | Should -Be 'Present'
        ($found | Where-Object Name -EQ 'quick-sum').Description | Should -Be 'Adds up the numbers in a text.'
        $found.Collection | Select-Object -Unique | Should -Be 'default'
    }

    It 'needs neither a home nor the collection' {
        $nowhere = Join-Path $TestDrive ([guid]::NewGuid())
        $found = Get-SkmUpstreamArtifact $upstream -SkillMeatHome $nowhere
        $found.State | Select-Object -Unique | Should -Be 'New'
        $found[0].Collection | Should -BeNullOrEmpty
        $nowhere | Should -Not -Exist
        (Get-SkmUpstreamArtifact $upstream -Collection nosuch).State | Select-Object -Unique | Should -Be 'New'
    }

    It 'takes names and types' {
        (Get-SkmUpstreamArtifact $upstream quick*).ArtifactId | Should -Be 'skill:quick-sum'
        (Get-SkmUpstreamArtifact $upstream -Type command).Type | Select-Object -Unique | Should -Be 'command'
        (Get-Failure { Get-SkmUpstreamArtifact $upstream nosuch -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        (Get-Failure { Get-SkmUpstreamArtifact $upstream -Type skil }).Exception.Message | Should -BeLike "*Did you mean 'skill'?*"
    }

    It 'takes a folder as relative to the location, and folders from the pipeline' {
        Push-Location -LiteralPath (Split-Path -Path $upstream)
        try {
            (Get-SkmUpstreamArtifact ./upstream -Name quick-sum).Path | Should -Be 'skills/quick-sum'
            (Get-Item ./upstream | Get-SkmUpstreamArtifact -Name quick-sum).Name | Should -Be 'quick-sum'
            $problem = Get-Failure { Get-SkmUpstreamArtifact ./upstraem -ErrorAction Stop }
            $problem.Exception.Message | Should -Be "'./upstraem' does not exist. Did you mean './upstream'?"
        }
        finally {
            Pop-Location
        }
    }

    It 'pipes into Add-SkmArtifact' {
        $added = Get-SkmUpstreamArtifact $upstream | Where-Object State -EQ 'New' | Add-SkmArtifact
        $added.ArtifactId | Sort-Object | Should -Be 'command:release-notes', 'skill:quick-sum'
        $again = Get-SkmUpstreamArtifact $upstream -Name quick-sum | Add-SkmArtifact
        "$($again.Status)" | Should -Be 'Unchanged'
        Get-SkmUpstreamArtifact $upstream | Where-Object State -EQ 'New' | Should -BeNullOrEmpty
    }

    It 'names what several sources call the same, when it is added' {
        $other = Join-Path (Split-Path -Path $sample) 'other'
        Write-Text -Path (Join-Path $other 'skills/quick-sum/SKILL.md') -Text "---`nname: quick-sum`ndescription: Another one`n---`n"
        $added = Get-SkmUpstreamArtifact $upstream, $other -Name quick-sum | Add-SkmArtifact
        $added.ArtifactId | Should -Be 'skill:quick-sum', 'skill:other-quick-sum'
        (Get-SkmUpstreamArtifact $other).ArtifactId | Should -Be 'skill:other-quick-sum'
    }

    It 'takes no name of one collection into another' {
        $null = Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum') -Name mine
        $null = New-SkmCollection -Name work
        $added = Get-SkmUpstreamArtifact $upstream -Name mine -Collection default | Add-SkmArtifact -Collection work
        $added.ArtifactId, $added.Collection | Should -Be 'skill:quick-sum', 'work'
        $again = Get-SkmUpstreamArtifact $upstream -Name mine -Collection default | Add-SkmArtifact -Collection work
        "$($again.Status)" | Should -Be 'Unchanged'
    }

    It 'says of each name that nothing has it' {
        $problems = @()
        $found = Get-SkmUpstreamArtifact $upstream -Name nosuch, quick-sum, neither -ErrorAction SilentlyContinue -ErrorVariable problems
        $found.Name | Should -Be 'quick-sum'
        $problems.FullyQualifiedErrorId | Should -Be (@('ArtifactNotFound,SkillMeat.Cmdlets.Commands.GetSkmUpstreamArtifactCommand') * 2)
        "$($problems[0])" | Should -BeLike "*has no artifact 'nosuch'. Get-SkmUpstreamArtifact lists what a source contains."
        "$($problems[1])" | Should -BeLike "*'neither'*"
    }

    It 'lists the other sources if one can not be listed' {
        $problems = @()
        $found = Get-SkmUpstreamArtifact (Join-Path $upstream 'nosuch'), $upstream -ErrorAction SilentlyContinue -ErrorVariable problems
        $found.Name | Should -Contain 'quick-sum'
        $problems.FullyQualifiedErrorId | Should -Be 'UpstreamNotFound,SkillMeat.Cmdlets.Commands.GetSkmUpstreamArtifactCommand'
    }
}
