/* The words of dates in Latin and Cyrillic script. */
#include "date/date_lists.h"

const struct date_lists date_lists_latin = {
	.months = {
		" jan january januar janner janvier janv ene enero gen genn gennaio janeiro"
		" januari tammi tammikuu tammikuuta январь января янв"
		" styczen stycznia leden ledna ocak ianuarie januara січень січня"
		" oca січ ",
		" feb february februar feber fevrier fevr fev febr febrero febbraio fevereiro"
		" februari helmi helmikuu helmikuuta февраль февраля фев февр"
		" luty lutego unor unora subat februarie februara лютий лютого"
		" sub pebruari peb лют ",
		" mar march marz maerz mrz mars marzo marco maart mrt marts maalis maaliskuu"
		" maaliskuuta март марта мар"
		" marzec marca brezen brezna martie marcius maret березень березня"
		" bre mac бер ",
		" apr april avril avr abr abril aprile huhti huhtikuu huhtikuuta апрель"
		" апреля апр"
		" kwiecien kwietnia duben dubna nisan aprilie aprilis aprila квітень"
		" квітня"
		" kwi nis кві ",
		" may mai mayo mag maggio maio mei maj touko toukokuu toukokuuta май мая"
		" maja kveten kvetna mayis majus травень травня"
		" kve тра трав ",
		" jun june juni juin junio giu giugno junho kesa kesakuu kesakuuta июнь июня"
		" июн"
		" czerwiec czerwca cerven cervna haziran iunie junius juna червень"
		" червня"
		" haz cvn чер черв ",
		" jul july juli juil juillet julio lug luglio julho heina heinakuu heinakuuta"
		" июль июля июл"
		" lipiec lipca cervenec cervence temmuz iulie julius jula липень"
		" липня"
		" tem cvc julai лип ",
		" aug august aout ago agosto augustus augusti elo elokuu elokuuta август"
		" августа авг"
		" sierpien sierpnia srpen srpna agustos agustus augusztus agustus augusta"
		" серпень серпня"
		" agu agt ogos сер ",
		" sep sept september septembre septiembre set sett settembre setembro syys"
		" syyskuu syyskuuta сентябрь сентября сен сент"
		" wrzesien wrzesnia zari eylul septembrie szeptember septembra"
		" вересень вересня"
		" eyl zar вер ",
		" oct october okt oktober octobre octubre ott ottobre out outubro loka lokakuu"
		" lokakuuta октябрь октября окт"
		" pazdziernik pazdziernika rijen rijna ekim octombrie oktobra"
		" жовтень жовтня"
		" eki rij paz жов ",
		" nov november novembre noviembre novembro marras marraskuu marraskuuta ноябрь"
		" ноября ноя нояб"
		" kasim noiembrie novembra листопад листопада"
		" kas nopember лис ",
		" dec december dez dezember decembre dic diciembre dicembre dezembro des"
		" desember joulu joulukuu joulukuuta декабрь декабря дек"
		" grudzien grudnia prosinec prosince aralik decembrie decembra"
		" грудень грудня"
		" gru ara disember гру ",
	},
	.weekdays =
	" mon tue tues wed weds thu thur thurs fri sat sun monday tuesday wednesday"
	" thursday friday saturday sunday"
	" mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag"
	" sonnabend sonntag"
	" lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi"
	" dimanche"
	" mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo"
	" gio lunedi martedi mercoledi giovedi venerdi sabato domenica"
	" seg ter qua qui sex segunda terca quarta quinta sexta feira"
	" ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
	" man tis ons tors fre lor son mandag tisdag onsdag torsdag fredag lordag"
	" sondag tirsdag"
	" ti ke to pe la su maanantai tiistai keskiviikko torstai perjantai lauantai"
	" sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina"
	" lauantaina sunnuntaina"
	" poniedzialek wtorek sroda czwartek piatek sobota niedziela"
	" pondeli utery streda ctvrtek patek nedele"
	" pazartesi sali carsamba persembe cuma cumartesi pazar"
	" luni marti miercuri joi vineri sambata duminica"
	" hetfo kedd szerda csutortok pentek szombat vasarnap"
	" senin selasa rabu kamis jumat sabtu minggu"
	" понеділок вівторок середа четвер субота неділя"
	" понедельник вторник среда среду четверг пятница пятницу суббота субботу"
	" воскресенье пн вт ср чт пт сб вс"
	" thu hai ba tu nam sau bay chu nhat ",
	.fillers =
	" the at on of as published publication updated update last modified posted"
	" first created issued date dated released filed time"
	" de del den der die dem am um uhr h hs hrs stand datum veroffentlicht"
	" aktualisiert erstellt zuletzt geandert"
	" le a publie publiee paru mis mise jour modifie modification heures"
	" el las los dia publicado publicada actualizado actualizada fecha"
	" il alle ore pubblicato aggiornato data"
	" em as os do atualizado atualizada"
	" op om gepubliceerd bijgewerkt geplaatst laatst"
	" kl klockan klokken publicerad publicerat uppdaterad uppdaterat publisert"
	" oppdatert udgivet offentliggjort opdateret"
	" klo kello julkaistu paivitetty"
	" r roku godz"
	" р року"
	" г года в от опубликовано обновлено дата"
	" ngay luc gio cap nhat dang jam pukul diterbitkan diperbarui"
	" yayin guncelleme tarihi saat"
	" опубліковано оновлено о ",
	.relative =
	" yesterday today tomorrow tonight ago now just minute minutes min mins hour"
	" hours hr hrs day days week weeks month months this morning"
	" gestern heute morgen vor stunden minuten tagen"
	" hier aujourd hui demain heures minutes jours"
	" ayer hoy manana hace horas minutos dias"
	" ieri oggi domani fa ore minuti giorni"
	" ontem hoje amanha ha"
	" gisteren vandaag geleden uur"
	" igar idag gar dag imorgon sedan timmar siden timer"
	" eilen tanaan sitten"
	" вчера сегодня завтра сейчас назад минут час часа часов"
	" hom qua truoc phut bugun once dakika kemarin lalu menit ",
};
